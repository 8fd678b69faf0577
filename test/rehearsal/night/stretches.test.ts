import { expect, test } from "vitest";
import { stageNamed } from "../../../definition/ladder.ts";
import { settle } from "../../../definition/tbd.ts";
import { days, hours, minutes } from "../../../definition/units.ts";
import { stretchesOf } from "../../../rehearsal/night/stretches.ts";
import { lms } from "../../../stacks/lms.ts";
import { rawdog } from "../../../stacks/rawdog.ts";

const [shop, leave] = [rawdog, lms].map((definition) =>
  settle(definition, { rehearsal: true, file: "" }),
);
if (shop === undefined || leave === undefined) throw new Error("no system");
const ofShop = (stage: string) => stretchesOf(shop, stageNamed(shop, stage), 60);
const wallSeconds = (stage: string): number => {
  let before = 0;
  return ofShop(stage).reduce((sum, { ends, speed }) => {
    const seconds = (ends - before) / 1_000 / speed;
    before = ends;
    return sum + seconds;
  }, 0);
};

test("a stage that is no longer than what gates look at passes at one speed", () => {
  for (const { name, leave: exit } of leave.ladder) {
    const ends = exit?.soak ?? minutes(5);
    expect(stretchesOf(leave, stageNamed(leave, name), 60)).toMatchObject([
      { ends: ends.milliseconds, real: true },
    ]);
  }
});

test("a stage that lowers a TTL passes for as long as resolvers keep the old answer", () =>
  expect(ofShop("ttl-lowered").at(-1)).toEqual({
    ...{ ends: hours(1).milliseconds, speed: 60, real: true },
  }));

test.for([
  ["full", hours(24)],
  ["retained", days(29)],
] as const)(
  "of %s the beginning and what gates look at are real, and the rest is skipped",
  ([stage, whole]) => {
    expect(ofShop(stage)).toEqual([
      { ends: minutes(12).milliseconds, speed: 60, real: true },
      { ends: whole.milliseconds - minutes(66).milliseconds, speed: Infinity, real: false },
      { ends: whole.milliseconds, speed: 60, real: true },
    ]);
  },
);

test("the real part of a stage of a month passes within two minutes of the wall", () =>
  expect(wallSeconds("retained")).toBeLessThan(120));
