import type { Blackout, Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { businessDaysOf } from "./business-days.ts";
import {
  eachOf,
  holidaysAmong,
  lastDaysOfMonths,
  quarterEnds,
  type ClosedDays,
  type Days,
} from "./closed-days.ts";
import { dayOf, weekdayOf } from "./day.ts";
import type { PublicHolidays } from "./public-holidays.ts";
import { overlaps, type Span } from "./span.ts";
import { dayAt, firstInstant, lastInstant, startOfDay, wallTime } from "./zone-time.ts";

/** A stretch in which nothing moves forward. */
export interface ClosedStretch extends Span {
  /** In words for an operator. */
  readonly reason: string;
  /** Whether it closes each window that it touches, or takes no more than its own time out of it. */
  readonly closes: "whole windows" | "its own time";
}

/**
 * The stretches of a calendar's blackouts that overlap a span. Days are those of the calendar's zone.
 * @throws RangeError where it is not known what is a public holiday.
 */
export const closedStretches = (
  calendar: Settled<Calendar>,
  holidays: PublicHolidays,
  span: Span,
): readonly ClosedStretch[] =>
  [
    ...tooEarly(calendar),
    ...calendar.blackouts.flatMap((blackout) =>
      blackout.kind === "events"
        ? eventsOf(blackout)
        : blackout.kind === "daily hours"
          ? dailyHours(blackout, span, calendar.zone)
          : wholeDays(blackout, calendar, holidays, span),
    ),
  ].filter((stretch) => overlaps(stretch, span));

const tooEarly = ({ notBeforeDate, zone }: Settled<Calendar>): readonly ClosedStretch[] =>
  notBeforeDate === undefined
    ? []
    : [
        {
          from: -Infinity,
          to: startOfDay(dayOf(notBeforeDate), zone),
          reason: `before ${notBeforeDate}`,
          closes: "its own time",
        },
      ];

type DayBlackout = Exclude<Settled<Blackout>, { kind: "events" } | { kind: "daily hours" }>;

const wholeDays = (
  blackout: DayBlackout,
  calendar: Settled<Calendar>,
  holidays: PublicHolidays,
  span: Span,
): readonly ClosedStretch[] => {
  const { zone } = calendar;
  return closedDays(blackout, calendar, holidays, daysAround(span, zone)).map(
    ({ first, end, reason }) => ({
      from: startOfDay(first, zone),
      to: startOfDay(end, zone),
      reason,
      closes: "whole windows",
    }),
  );
};

const closedDays = (
  blackout: DayBlackout,
  calendar: Settled<Calendar>,
  holidays: PublicHolidays,
  days: Days,
): readonly ClosedDays[] => {
  switch (blackout.kind) {
    case "last business days":
      return lastDaysOfMonths(blackout, days, businessDaysOf(calendar, holidays));
    case "quarter end":
      return quarterEnds(blackout, days, businessDaysOf(calendar, holidays));
    case "public holidays":
      return holidaysAmong(blackout, days, holidays);
  }
};

const eventsOf = ({
  events,
  reason,
}: Extract<Settled<Blackout>, { kind: "events" }>): readonly ClosedStretch[] =>
  events.map(({ title, from, to }) => ({
    from: Date.parse(from),
    to: Date.parse(to),
    reason: `${reason} (${title})`,
    closes: "whole windows",
  }));

type DailyHours = Extract<Settled<Blackout>, { kind: "daily hours" }>;

/** Why hours that are closed every day are closed. */
export const hoursReason = ({ from, to, zone, reason }: DailyHours, calendarZone: string): string =>
  `${reason} (${from}–${to} ${zone ?? calendarZone})`;

/**
 * Every instant at which clocks of their zone show a time of these hours; past midnight they go on. Where
 * clocks go back, from the first time that they show the beginning to the last that they show the end.
 */
const dailyHours = (
  hours: DailyHours,
  span: Span,
  calendarZone: string,
): readonly ClosedStretch[] => {
  const { from, to, weekdays } = hours;
  const zone = hours.zone ?? calendarZone;
  return eachOf(daysAround(span, zone))
    .filter((day) => weekdays === undefined || weekdays.includes(weekdayOf(day)))
    .map((day) => ({
      from: firstInstant(wallTime(day, from), zone),
      to: lastInstant(wallTime(to > from ? day : day + 1, to), zone),
      reason: hoursReason(hours, calendarZone),
      closes: "its own time",
    }));
};

/** The days of a span and one more on either side, for hours that run past midnight. */
const daysAround = ({ from, to }: Span, zone: string): Days => ({
  first: dayAt(from, zone) - 1,
  end: dayAt(to, zone) + 2,
});
