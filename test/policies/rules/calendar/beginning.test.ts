import fc from "fast-check";
import { expect, test } from "vitest";
import { hours, minutes } from "../../../../definition/units.ts";
import { beginning } from "../../../../policies/rules/calendar/beginning.ts";
import { system } from "../../lms-night.ts";

const opens = Date.parse("2026-01-10T22:00:00Z");
const lasts = hours(4).milliseconds;

test("inside of a window it is its opening, to the last millisecond, and before or after it is now", () => {
  for (const now of [opens, opens + 1, opens + lasts - 1]) {
    expect(beginning(system.calendar, now)).toBe(opens);
  }
  for (const now of [opens - 1, opens + lasts]) expect(beginning(system.calendar, now)).toBe(now);
});

test("before the hour at which any window may open there is no opening yet", () => {
  const calendar = { ...system.calendar, notBefore: "23:00" };
  const early = opens + minutes(59).milliseconds;
  expect(beginning(calendar, early)).toBe(early);
  expect(beginning(calendar, opens + hours(2).milliseconds)).toBe(opens + hours(1).milliseconds);
});

test("it is never later than now", () => {
  fc.assert(
    fc.property(fc.integer({ min: -2 * lasts, max: 2 * lasts }), (offset) => {
      expect(beginning(system.calendar, opens + offset)).toBeLessThanOrEqual(opens + offset);
    }),
  );
});
