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

test("a stage of two hours or less passes at one speed", () => {
  for (const { name, leave: exit } of leave.ladder) {
    const ends = exit?.soak ?? minutes(5);
    expect(stretchesOf(leave, stageNamed(leave, name), 60)).toMatchObject([
      { ends: ends.milliseconds, real: true },
    ]);
  }
});

test("a stage that lowers a TTL passes for as long as resolvers keep the old answer", () =>
  expect(ofShop("ttl-lowered")).toEqual([{ ends: hours(1).milliseconds, speed: 60, real: true }]));

test("of 24 hours the first and the last half hour are as real as any, the rest is measured still", () => {
  const [first, middle, last, ...others] = ofShop("full");
  expect(others).toEqual([]);
  expect(first).toEqual({ ends: minutes(30).milliseconds, speed: 60, real: true });
  expect(middle).toMatchObject({
    ends: hours(23.5).milliseconds,
    speed: (60 * 110) / 6,
    real: false,
  });
  expect(last).toEqual({ ends: hours(24).milliseconds, speed: 60, real: true });
});

test("of 29 days only the last one is measured, as gates look back no further", () => {
  const [, unseen, measured, last] = ofShop("retained");
  expect(unseen).toMatchObject({ speed: Infinity, real: false });
  const end = days(29).milliseconds;
  expect(unseen?.ends).toBeLessThan(end - days(1).milliseconds);
  expect(measured).toMatchObject({ ends: end - minutes(30).milliseconds, real: false });
  expect(last).toMatchObject({ ends: end, real: true });
});

test("a month passes within three minutes of the wall", () => {
  expect(wallSeconds("full")).toBeLessThan(150);
  expect(wallSeconds("retained")).toBeLessThan(150);
});
