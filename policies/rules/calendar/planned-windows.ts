import type { Calendar, Window } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { eachOf } from "./closed-days.ts";
import { dayOf, dateOf, dayMilliseconds, weekdayOf, type Day } from "./day.ts";
import { overlaps, type Span } from "./span.ts";
import { dayAt, dayExists, plannedInstant, wallTime } from "./zone-time.ts";

/** One use of a window, as it is planned, whatever closes it. */
export interface PlannedWindow extends Span {
  readonly title: string;
  /** Day on which it opens, `YYYY-MM-DD`. */
  readonly date: string;
  readonly onlyAfter?: string;
}

/**
 * The windows of a calendar that overlap a span. They open by the clocks of the calendar's zone; how long
 * they last is elapsed time, whatever clocks do meanwhile.
 */
export const plannedWindows = (
  { zone, windows }: Settled<Calendar>,
  span: Span,
): readonly PlannedWindow[] =>
  windows
    .flatMap((window) => daysOf(window, zone, span).map((day) => plannedOn(day, window, zone)))
    .filter((planned) => overlaps(planned, span));

/** A window on one day. */
const plannedOn = (
  day: Day,
  { title, opens, lasts, onlyAfter }: Settled<Window>,
  zone: string,
): PlannedWindow => {
  const from = plannedInstant(wallTime(day, opens), zone);
  return {
    title,
    date: dateOf(day),
    from,
    to: from + lasts.milliseconds,
    ...(onlyAfter !== undefined && { onlyAfter }),
  };
};

/** Days on which a window opens and may overlap the span. A day that a zone left out has none. */
const daysOf = (
  { date, weekdays, lasts }: Settled<Window>,
  zone: string,
  { from, to }: Span,
): readonly Day[] => {
  const days =
    date === undefined
      ? eachOf({
          first: dayAt(from, zone) - Math.ceil(lasts.milliseconds / dayMilliseconds) - 1,
          end: dayAt(to, zone) + 2,
        }).filter((day) => weekdays.includes(weekdayOf(day)))
      : [dayOf(date)];
  return days.filter((day) => dayExists(day, zone));
};
