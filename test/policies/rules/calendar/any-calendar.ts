import fc from "fast-check";
import type { Blackout, Calendar, Weekday, Window } from "../../../../definition/calendar.ts";
import type { Settled } from "../../../../definition/tbd.ts";
import { minutes } from "../../../../definition/units.ts";
import { dateOf, dayOf } from "../../../../policies/rules/calendar/day.ts";
import type { KnownCalendar } from "../../../../policies/rules/calendar/judged-windows.ts";

/** Zones with summer time of an hour and of half an hour, odd offsets, a skipped day, and none of that. */
export const anyZone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Asia/Beirut",
  "America/Chicago",
);

const weekdays: readonly Weekday[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];

const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));

/** Weeks in which a quarter and a year end, clocks change, or a zone leaves out a day. */
const firstDays = ["2026-03-20", "2026-03-27", "2026-10-23", "2026-12-25", "2011-12-23"];
const aroundDays = 21;

const anyReason = fc.constantFrom("payroll", "close", "peak");

const anyBlackout = (dates: fc.Arbitrary<string>): fc.Arbitrary<Settled<Blackout>> =>
  fc.oneof(
    fc.record({
      kind: fc.constant("last business days" as const),
      count: fc.integer({ min: 1, max: 4 }),
      reason: anyReason,
    }),
    fc.record({
      kind: fc.constant("quarter end" as const),
      businessDaysBefore: fc.integer({ min: 0, max: 3 }),
      businessDaysAfter: fc.integer({ min: 0, max: 5 }),
      reason: anyReason,
    }),
    fc.record({
      kind: fc.constant("public holidays" as const),
      country: fc.constantFrom("AA", "BB"),
      reason: anyReason,
    }),
    fc.record({
      kind: fc.constant("events" as const),
      events: fc.array(
        fc.tuple(dates, anyTime, fc.integer({ min: 1, max: 3_000 })).map(([date, time, length]) => {
          const from = Date.parse(`${date}T${time}:00Z`);
          const to = new Date(from + length * 60_000).toISOString();
          return { title: "fair", from: new Date(from).toISOString(), to };
        }),
        { maxLength: 2 },
      ),
      reason: anyReason,
    }),
    fc
      .record(
        {
          kind: fc.constant("daily hours" as const),
          from: anyTime,
          to: anyTime,
          weekdays: fc.subarray([...weekdays], { minLength: 1 }),
          zone: anyZone,
          reason: anyReason,
        },
        { requiredKeys: ["kind", "from", "to", "reason"] },
      )
      .filter(({ from, to }) => from !== to),
  );

const anyWindow = (dates: fc.Arbitrary<string>): fc.Arbitrary<Settled<Window>> =>
  fc.record(
    {
      title: fc.constantFrom("first", "second"),
      weekdays: fc.subarray([...weekdays], { minLength: 1 }),
      opens: anyTime,
      lasts: fc.integer({ min: 1, max: 200 }).map((quarters) => minutes(quarters * 15)),
      date: dates,
      onlyAfter: fc.constant("first"),
    },
    { requiredKeys: ["title", "weekdays", "opens", "lasts"] },
  );

/** A calendar with its holidays and failed windows, and some days from which it is worth looking at. */
export const anyKnownCalendar = fc.constantFrom(...firstDays).chain((first) => {
  const dates = fc.integer({ min: 0, max: aroundDays }).map((days) => dateOf(dayOf(first) + days));
  const calendar: fc.Arbitrary<Settled<Calendar>> = fc.record(
    {
      zone: anyZone,
      windows: fc.array(anyWindow(dates), { minLength: 1, maxLength: 3 }),
      blackouts: fc.array(anyBlackout(dates), { maxLength: 3 }),
      notBefore: anyTime,
      notBeforeDate: dates,
    },
    { requiredKeys: ["zone", "windows", "blackouts"] },
  );
  const holidays = fc.dictionary(dates, fc.constantFrom("feast", "fast"), { maxKeys: 3 });
  const from = Date.parse(`${first}T00:00:00Z`);
  return fc.record({
    first: fc.constant(from),
    last: fc.constant(from + aroundDays * 86_400_000),
    known: fc.record<KnownCalendar>({
      calendar,
      holidays: fc.record({
        firstYear: fc.constant(2009),
        lastYear: fc.constant(2029),
        places: fc.record({ AA: holidays, BB: holidays }),
      }),
      failed: fc.array(
        fc.record({
          title: fc.constant("first"),
          closedAt: dates.map((date) => Date.parse(`${date}T00:00:00Z`)),
        }),
        { maxLength: 1 },
      ),
    }),
  });
});
