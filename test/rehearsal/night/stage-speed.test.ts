import { expect, test } from "vitest";
import { settle } from "../../../definition/tbd.ts";
import { stageNamed } from "../../../definition/ladder.ts";
import { callFailures } from "../../../definition/thresholds.ts";
import { percent } from "../../../definition/units.ts";
import { stageSpeed } from "../../../rehearsal/night/stage-speed.ts";
import { lms } from "../../../stacks/lms.ts";
import { supabase } from "../../../stacks/supabase.ts";

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

test("a threshold on one call slows a stage down until green sees enough of that call", () => {
  const asked = callFailures(
    { name: "logins", title: "Logins", method: "POST", path: "/api/v1/leave/requests" },
    { atMost: percent(1), breach: "roll back", source: "S4-45" },
  );
  const limited = { ...system, thresholds: [...system.thresholds, asked] };
  const canary = stageNamed(system, "canary");
  const slow = stageSpeed(limited, canary, 600);
  const { requests, requestsPerSecond } = system.rehearsal;
  const all = requests.reduce((sum, { share }) => sum + share, 0);
  const call = requests.find(
    ({ method, path }) => `${method} ${path}` === "POST /api/v1/leave/requests",
  );
  const perMinute = ((60 / slow) * requestsPerSecond * 0.1 * (call?.share ?? 0)) / all;
  expect(slow).toBeGreaterThan(1);
  expect(slow).toBeLessThan(stageSpeed(system, canary, 600));
  expect(perMinute).toBeGreaterThanOrEqual(system.alarms.minimumRequests);
});

test("where green is compared with blue, both have the requests for it", () => {
  const compares = settle(supabase, { rehearsal: true, file: "stacks/supabase.ts" });
  const { comparisons: _, ...comparesNothing } = compares;
  const bluePerMinute = (stage: string): number =>
    ((60 / stageSpeed(compares, stageNamed(compares, stage), 600)) *
      compares.rehearsal.requestsPerSecond *
      (100 - Number(stageNamed(compares, stage).set["trafficWeight"]))) /
    100;
  expect(bluePerMinute("shift-75")).toBeCloseTo(2 * compares.alarms.minimumRequests, 6);
  expect(bluePerMinute("shift-10")).toBeGreaterThan(2 * compares.alarms.minimumRequests);
  const last = stageNamed(compares, "shift-75");
  expect(stageSpeed(comparesNothing, last, 600)).toBeGreaterThan(stageSpeed(compares, last, 600));
});
