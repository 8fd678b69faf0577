import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { ProgressDeadline } from "../../../../rehearsal/world/controllers/progress-deadline.ts";

let expired: number;
let deadline: ProgressDeadline;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  expired = 0;
  deadline = new ProgressDeadline(CutoverClock.startingAt(0), () => {
    expired += 1;
  });
  deadline.start(300_000);
  deadline.note({ updated: 2, available: 0, old: 2 });
});
afterEach(() => {
  deadline.stop();
  vi.useRealTimers();
});

test.for([
  { step: { updated: 3, available: 0, old: 2 }, again: true },
  { step: { updated: 2, available: 1, old: 2 }, again: true },
  { step: { updated: 2, available: 0, old: 1 }, again: true },
  { step: { updated: 2, available: 0, old: 2 }, again: false },
  { step: { updated: 1, available: 0, old: 3 }, again: false },
])("$step gives the whole deadline again: $again", async ({ step, again }) => {
  await vi.advanceTimersByTimeAsync(200_000);
  deadline.note(step);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(expired).toBe(again ? 0 : 1);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(expired).toBe(1);
});

test("does not expire once it is stopped", async () => {
  deadline.stop();
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(expired).toBe(0);
});
