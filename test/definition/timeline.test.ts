import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetOf } from "../../definition/timeline.ts";
import { hours, minutes } from "../../definition/units.ts";

test.for([
  ["22:00", "22:00", minutes(0)],
  ["22:00", "23:35", minutes(95)],
  ["22:00", "00:30", minutes(150)],
  ["22:00", "02:00", hours(4)],
  ["22:00", "21:59", minutes(1_439)],
  ["02:00", "T-1:00", hours(-1)],
  ["02:00", "T-0:30", minutes(-30)],
  ["02:00", "T+12:00", hours(12)],
] as const)("T-0 at %s: %s is $2.milliseconds ms later", ([beginsAt, at, offset]) =>
  expect(offsetOf(beginsAt, { at })).toEqual(offset),
);

test("what is no time", () => {
  for (const at of ["", "24:00", "9:00", "T1:00", "T+1:60", "soon"]) {
    expect(() => offsetOf("22:00", { at })).toThrow(RangeError);
  }
});

test("a slot shifts with T-0", () =>
  fc.assert(
    fc.property(fc.nat(1_439), fc.nat(1_439), (begins, after) => {
      const wall = (minute: number): string =>
        [Math.floor(minute / 60) % 24, minute % 60]
          .map((part) => String(part).padStart(2, "0"))
          .join(":");
      expect(offsetOf(wall(begins), { at: wall(begins + after) })).toEqual(minutes(after));
    }),
  ));
