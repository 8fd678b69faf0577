import { expect, test } from "vitest";
import { days, hours } from "../../../definition/units.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { passStretch } from "../../../rehearsal/night/pass-stretch.ts";
import type { WorldProcess } from "../../../rehearsal/world/world-process.ts";

/** A world that is its clock, and how fast it was told to run. */
const passing = () => {
  const clock = CutoverClock.startingAt(0);
  const rates: number[] = [];
  const world = {
    clock,
    letTimePass: async (_: boolean, speed = 1) => {
      rates.push(speed);
      clock.setRate(speed);
    },
  } as unknown as WorldProcess;
  return { context: { world, carried: 0.5 }, clock, rates };
};

test("a stretch with a speed passes at it, as far as this machine carries the load", async () => {
  const { context, clock, rates } = passing();
  await passStretch(context, { speed: 100_000 }, 1_000_000, new AbortController().signal);
  expect(rates).toEqual([50_000]);
  expect(clock.now()).toBeGreaterThanOrEqual(1_000_000);
});

test("weeks pass in seconds, slower and slower, and end where they should", async () => {
  const { context, clock, rates } = passing();
  const end = days(28).milliseconds;
  await passStretch(context, { speed: Infinity }, end, new AbortController().signal);
  expect(clock.now()).toBeGreaterThanOrEqual(end);
  expect(clock.now() - end).toBeLessThan(hours(1).milliseconds);
  expect(rates).toEqual(rates.toSorted((one, other) => other - one));
  expect(rates.at(-1)).toBe(600);
});

test("an alarm ends it at once", async () => {
  const { context, clock } = passing();
  const stop = new AbortController();
  const passed = passStretch(context, { speed: Infinity }, days(28).milliseconds, stop.signal);
  stop.abort();
  await passed;
  expect(clock.now()).toBeLessThan(days(27).milliseconds);
});
