import { lms } from "../../../stacks/lms.ts";
import { expect, test } from "vitest";
import { days, hours } from "../../../definition/units.ts";
import { recentWindow, watchedWindow } from "../../../policies/facts/watched-window.ts";
import { entered, minutes, system } from "../lms-night.ts";

const since = new Date(entered).toISOString();
const window = (from: string, elapsed: number) =>
  watchedWindow(system, { from, since }, entered + minutes(elapsed));

test.for([
  ["canary", 15, 0, 15],
  ["canary", 10, 0, 10],
  ["canary", 40, 25, 40],
  ["half", 40, 20, 40],
  ["baseline", 40, 35, 40],
  ["baseline", 2, 0, 2],
] as const)("%s after %i minutes: from minute %i to %i", ([from, elapsed, first, last]) =>
  expect(window(from, elapsed)).toEqual({
    from: entered + minutes(first),
    to: entered + minutes(last),
  }),
);

test("a soak of weeks is looked at for its last hour", () => {
  const [baseline] = system.ladder;
  if (baseline === undefined) throw new Error("no stage");
  const ladder = [{ ...baseline, leave: { soak: days(29) } }];
  const now = entered + days(29).milliseconds;
  expect(watchedWindow({ ...lms, ladder }, { from: "baseline", since }, now)).toEqual({
    from: now - hours(1).milliseconds,
    to: now,
  });
});

test("the recent minutes are five, and none of the stage before", () => {
  expect(recentWindow({ since }, entered + minutes(40)).from).toBe(entered + minutes(35));
  expect(recentWindow({ since }, entered + minutes(2)).from).toBe(entered);
});

test("a beginning that nobody can read, or that lies ahead, leaves a window that ends now", () => {
  expect(recentWindow({ since: "" }, entered)).toEqual({ from: entered - minutes(5), to: entered });
  expect(recentWindow({ since }, entered - 1)).toEqual({ from: entered - 1, to: entered - 1 });
});
