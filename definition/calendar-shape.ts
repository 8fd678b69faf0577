import { z } from "zod";
import { date, sentence, span, wallTime, zone } from "./forms.ts";

const weekdays = z
  .array(
    z.enum(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    "a list of weekdays",
  )
  .min(1, "at least one weekday");
const businessDays = z
  .int("a whole number from 0 to 15")
  .min(0, "a whole number from 0 to 15")
  .max(15, "a whole number from 0 to 15");
const instant = z.iso.datetime({
  offset: true,
  error: "an instant with its offset, for example 2026-01-10T22:00:00Z",
});
const reason = sentence;

const blackout = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("last business days"),
      count: businessDays.min(1, "a whole number from 1 to 15"),
      reason,
    }),
    z.strictObject({
      kind: z.literal("quarter end"),
      businessDaysBefore: businessDays,
      businessDaysAfter: businessDays,
      reason,
    }),
    z.strictObject({
      kind: z.literal("public holidays"),
      country: sentence,
      region: sentence.optional(),
      reason,
    }),
    z.strictObject({
      kind: z.literal("events"),
      events: z.array(z.strictObject({ title: sentence, from: instant, to: instant })),
      reason,
    }),
    z.strictObject({
      kind: z.literal("daily hours"),
      from: wallTime,
      to: wallTime,
      weekdays: weekdays.optional(),
      zone: zone.optional(),
      reason,
    }),
  ],
  "last business days, quarter end, public holidays, events or daily hours",
);

/** What can be told of a settled calendar one value at a time. */
export const calendarShape = z.strictObject({
  zone,
  windows: z
    .array(
      z.strictObject({
        title: sentence,
        opens: wallTime,
        lasts: span,
        weekdays,
        date: date.optional(),
        onlyAfter: sentence.optional(),
      }),
    )
    .min(1, "at least one window"),
  blackouts: z.array(blackout),
  notice: span.optional(),
  notBefore: wallTime.optional(),
  notBeforeDate: date.optional(),
});
