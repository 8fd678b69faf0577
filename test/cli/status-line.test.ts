import { expect, test } from "vitest";
import { statusLine } from "../../cli/status-line.ts";

const watched = {
  set: 100,
  seen: 100,
  errorPercent: 12.34,
  p95Milliseconds: 10_000,
  remainingMilliseconds: 1_800_000,
  rate: 600,
};

test("fits beside its indent at its longest", () => {
  expect(statusLine(watched)).toBe(
    "green 100.0 % (set 100 %), errors 12.3 %, p95 10000 ms, 30 min left, 600× fast",
  );
  expect(statusLine(watched).length).toBeLessThanOrEqual(78);
});

test.for([
  [60, 120_001, "3 min left, 60× fast"],
  [60, 120_000, "2 min left, 60× fast"],
  [1, 59_001, "1 min left"],
  [1, 1, "1 s left"],
  [1, 0, "at its end"],
] as const)("at %i times with %i ms left: %s", ([rate, remainingMilliseconds, expected]) => {
  expect(statusLine({ ...watched, rate, remainingMilliseconds })).toMatch(
    new RegExp(`ms, ${expected}$`),
  );
});
