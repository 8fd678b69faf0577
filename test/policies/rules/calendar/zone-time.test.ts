import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf } from "../../../../policies/rules/calendar/day.ts";
import {
  dayAt,
  dayExists,
  firstInstant,
  lastInstant,
  plannedInstant,
  startOfDay,
  wallTime,
  wallTimeAt,
} from "../../../../policies/rules/calendar/zone-time.ts";
import { anyZone } from "./any-calendar.ts";

const at = (text: string): number => Date.parse(text);
const wall = (text: string): number => at(`${text}:00Z`);

test("a wall time is minutes of a day", () => {
  expect(wallTime(dayOf("2026-01-10"), "22:00")).toBe(wall("2026-01-10T22:00"));
});

describe("Europe/Berlin, where clocks skip from 02:00 to 03:00 on 2026-03-29", () => {
  const zone = "Europe/Berlin";
  test("something planned for 02:30 begins at 03:30", () =>
    expect(plannedInstant(wall("2026-03-29T02:30"), zone)).toBe(at("2026-03-29T01:30:00Z")));
  test("an edge at 02:30 is the instant of the skip", () => {
    expect(firstInstant(wall("2026-03-29T02:30"), zone)).toBe(at("2026-03-29T01:00:00Z"));
    expect(lastInstant(wall("2026-03-29T02:30"), zone)).toBe(at("2026-03-29T01:00:00Z"));
  });
});

describe("Australia/Lord_Howe, where clocks go back from 02:00 to 01:30 on 2026-04-05", () => {
  const zone = "Australia/Lord_Howe";
  test("01:45 comes twice", () => {
    expect(plannedInstant(wall("2026-04-05T01:45"), zone)).toBe(at("2026-04-04T14:45:00Z"));
    expect(firstInstant(wall("2026-04-05T01:45"), zone)).toBe(at("2026-04-04T14:45:00Z"));
    expect(lastInstant(wall("2026-04-05T01:45"), zone)).toBe(at("2026-04-04T15:15:00Z"));
  });
});

describe("Pacific/Apia, which had no 30 December 2011", () => {
  const zone = "Pacific/Apia";
  const skipped = dayOf("2011-12-30");
  test("the day does not exist, those beside it do", () => {
    expect(dayExists(skipped - 1, zone)).toBe(true);
    expect(dayExists(skipped, zone)).toBe(false);
    expect(dayExists(skipped + 1, zone)).toBe(true);
  });
  test("it begins when the next one does", () =>
    expect(startOfDay(skipped, zone)).toBe(startOfDay(skipped + 1, zone)));
});

const anyMinute = fc.record({
  day: fc.integer({ min: dayOf("2010-01-01"), max: dayOf("2040-01-01") }),
  minute: fc.integer({ min: 0, max: 1_439 }),
  zone: anyZone,
});
// The days on which something happens are few: these lie close to them.
const anyChange = fc.record({
  day: fc
    .constantFrom(
      "2011-12-30",
      "2026-03-08",
      "2026-03-29",
      "2026-04-05",
      "2026-10-04",
      "2026-11-01",
    )
    .chain((date) => fc.integer({ min: dayOf(date) - 1, max: dayOf(date) + 1 })),
  minute: fc.integer({ min: 0, max: 1_439 }),
  zone: anyZone,
});

test("agrees with Temporal, in every zone and at every change of its clocks", () =>
  fc.assert(
    fc.property(fc.oneof(anyMinute, anyChange), ({ day, minute, zone }) => {
      const shown = day * 86_400_000 + minute * 60_000;
      const plain = Temporal.PlainDateTime.from(new Date(shown).toISOString().slice(0, -1));
      const zoned = (disambiguation: "compatible" | "earlier" | "later") =>
        plain.toZonedDateTime(zone, { disambiguation });
      expect(plannedInstant(shown, zone)).toBe(zoned("compatible").epochMilliseconds);
      const [earlier, later] = [zoned("earlier"), zoned("later")];
      const skipped = !earlier.toPlainDateTime().equals(plain);
      const skip = earlier.getTimeZoneTransition("next")?.epochMilliseconds;
      expect(firstInstant(shown, zone)).toBe(skipped ? skip : earlier.epochMilliseconds);
      expect(lastInstant(shown, zone)).toBe(skipped ? skip : later.epochMilliseconds);
      expect(startOfDay(day, zone)).toBe(
        plain.toPlainDate().toZonedDateTime(zone).epochMilliseconds,
      );
      const instant = Temporal.Instant.fromEpochMilliseconds(shown).toZonedDateTimeISO(zone);
      expect(wallTimeAt(shown, zone)).toBe(at(`${instant.toPlainDateTime().toString()}Z`));
      expect(dayAt(shown, zone)).toBe(dayOf(instant.toPlainDate().toString()));
    }),
    { numRuns: 500 },
  ));
