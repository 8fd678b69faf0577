import { expect, test } from "vitest";
import type { Calendar } from "../../../../definition/calendar.ts";
import type { Settled } from "../../../../definition/tbd.ts";
import { hours } from "../../../../definition/units.ts";
import { firstOpening } from "../../../../policies/rules/calendar/first-opening.ts";
import { system } from "../../lms-night.ts";

const at = (instant: string): number => Date.parse(instant);
const nightly: Settled<Calendar> = {
  zone: "Europe/Berlin",
  windows: [{ title: "Night", weekdays: ["Tuesday"], opens: "02:30", lasts: hours(2) }],
  blackouts: [],
};

test("S1-11, S1-26: of the LMS it is Saturday, 22:00 UTC, whenever somebody asks", () => {
  expect(firstOpening(system.calendar, 0)).toBe(at("2026-01-10T22:00:00Z"));
  expect(firstOpening(system.calendar, at("2030-01-01T00:00:00Z"))).toBe(
    at("2026-01-10T22:00:00Z"),
  );
});

test("of a window without a date it is the next one", () => {
  expect(firstOpening(nightly, at("2026-03-31T00:30:00Z"))).toBe(at("2026-03-31T00:30:00Z"));
  expect(firstOpening(nightly, at("2026-03-31T00:30:00.001Z"))).toBe(at("2026-04-07T00:30:00Z"));
});

test("it is not before any window may open", () =>
  expect(firstOpening({ ...nightly, notBefore: "03:00" }, at("2026-03-30T00:00:00Z"))).toBe(
    at("2026-03-31T01:00:00Z"),
  ));
