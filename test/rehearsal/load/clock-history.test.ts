import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { ClockHistory } from "../../../rehearsal/load/clock-history.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("maps wall times by the speed that the clock had then", () => {
  const clock = CutoverClock.startingAt(0);
  const history = new ClockHistory(clock);
  vi.setSystemTime(1_001_000);
  clock.setRate(60);
  vi.setSystemTime(1_002_000);
  clock.setRate(1);
  vi.setSystemTime(1_003_000);
  expect([1_000_500, 1_001_500, 1_002_500].map((wall) => history.at(wall))).toEqual([
    500, 31_000, 61_500,
  ]);
  expect(history.at(1_003_000)).toBe(clock.now());
  history.stop();
});
