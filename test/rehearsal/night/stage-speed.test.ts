import { expect, test } from "vitest";
import { settle } from "../../../definition/tbd.ts";
import { stageNamed } from "../../../definition/ladder.ts";
import { lapseSpeed, stageSpeed } from "../../../rehearsal/night/stage-speed.ts";
import { lms } from "../../../stacks/lms.ts";

const system = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
const speed = (stage: string, asked: number): number =>
  stageSpeed(system, stageNamed(system, stage), asked);

test("a stage passes as fast as asked for, where its gates and alarms get their requests all the same", () => {
  expect(speed("canary", 30)).toBe(30);
  expect(speed("half", 120)).toBe(120);
  expect(speed("baseline", 600)).toBe(600);
});

test.each(["canary", "half", "full"])(
  "at %s no speed takes the requests away that its gates need",
  (name) => {
    const stage = stageNamed(system, name);
    const share = Number(stage.set["trafficWeight"]) / 100;
    const soakSeconds = (stage.leave?.soak?.milliseconds ?? 0) / 1_000;
    const seen = (soakSeconds / speed(name, 600)) * system.rehearsal.requestsPerSecond * share;
    expect(seen).toBeGreaterThanOrEqual(stage.leave?.greenRequests ?? 0);
  },
);

test("where gates look and alarms need not, each of their minutes still has a few requests", () => {
  const at = (name: string) => lapseSpeed(system, stageNamed(system, name));
  expect(at("baseline")).toBe(Infinity);
  for (const name of ["canary", "half", "full"]) {
    const share = Number(stageNamed(system, name).set["trafficWeight"]) / 100;
    const perMinute = (60 / at(name)) * system.rehearsal.requestsPerSecond * share;
    expect(perMinute).toBeCloseTo(6);
  }
});
