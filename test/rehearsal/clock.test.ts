import { describe, expect, test } from "vitest";
import { CutoverClock, cutoverTime } from "../../rehearsal/clock.ts";

const at = (wallMilliseconds: number, cutoverMilliseconds: number, rate: number) => ({
  wallMilliseconds,
  cutoverMilliseconds,
  rate,
});

describe("the cutover clock", () => {
  test("runs as many times faster as its rate says", () => {
    expect(cutoverTime(at(1_000, 50_000, 60), 1_500)).toBe(80_000);
    expect(cutoverTime(at(1_000, 50_000, 1), 1_500)).toBe(50_500);
  });

  test("does not jump when its speed changes", () => {
    const clock = CutoverClock.startingAt(1_000_000);
    clock.setRate(600);
    const before = clock.now();
    clock.setRate(1);
    const after = clock.now();
    expect(after).toBeGreaterThanOrEqual(before);
    // At most what a few real milliseconds are worth at that rate.
    expect(after - before).toBeLessThan(600 * 100);
  });

  test("a wait ends at its instant although the speed changes meanwhile", async () => {
    const clock = CutoverClock.startingAt(0);
    const waiting = clock.until(3_600_000);
    clock.setRate(36_000);
    await waiting;
    expect(clock.now()).toBeGreaterThanOrEqual(3_600_000);
  });

  test("a wait that is broken off ends at once", async () => {
    const clock = CutoverClock.startingAt(0);
    const stop = new AbortController();
    const waiting = clock.until(3_600_000, stop.signal);
    stop.abort();
    await waiting;
    expect(clock.now()).toBeLessThan(3_600_000);
  });

  test("work every span is not piled up when it takes longer than the span", async () => {
    const clock = CutoverClock.startingAt(0);
    clock.setRate(10_000);
    let running = 0;
    let runs = 0;
    await new Promise<void>((resolve) => {
      const stop = clock.every(1_000, async () => {
        running += 1;
        expect(running).toBe(1);
        await new Promise((done) => setTimeout(done, 5));
        running -= 1;
        runs += 1;
        if (runs === 3) {
          stop();
          resolve();
        }
      });
    });
    expect(runs).toBe(3);
  });

  test("however fast the clock runs, work that recurs leaves the wall some time in between", async () => {
    const clock = CutoverClock.startingAt(0);
    clock.setRate(1_000_000);
    const at: number[] = [];
    await new Promise<void>((resolve) => {
      const stop = clock.every(1_000, () => {
        at.push(performance.now());
        if (at.length < 4) return;
        stop();
        resolve();
      });
    });
    const gaps = at.slice(1).map((each, index) => each - (at[index] ?? 0));
    // A timer may fire up to a millisecond early.
    expect(Math.min(...gaps)).toBeGreaterThan(13);
  });
});
