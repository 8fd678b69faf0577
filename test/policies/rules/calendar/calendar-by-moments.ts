/** A second opinion: whether one moment is open, asked of Temporal, one window and one day at a time. */
import { Temporal } from "@js-temporal/polyfill";
import type { KnownCalendar } from "../../../../policies/rules/calendar/judged-windows.ts";

type Blackout = KnownCalendar["calendar"]["blackouts"][number];
type Window = KnownCalendar["calendar"]["windows"][number];

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const weekdayOf = (date: Temporal.PlainDate): string => weekdays[date.dayOfWeek - 1] ?? "";

const dateAt = (instant: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate();

const at = (
  date: Temporal.PlainDate,
  time: string,
  zone: string,
  disambiguation: "compatible" | "earlier" | "later",
): Temporal.ZonedDateTime =>
  date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation });

/** An edge of daily hours; where clocks skip it, the instant of the skip. */
const edge = (
  date: Temporal.PlainDate,
  time: string,
  zone: string,
  side: "earlier" | "later",
): number => {
  const earlier = at(date, time, zone, "earlier");
  const shown = earlier.toPlainDateTime().equals(`${date.toString()}T${time}`);
  const skip = earlier.getTimeZoneTransition("next");
  return shown || skip === null
    ? at(date, time, zone, side).epochMilliseconds
    : skip.epochMilliseconds;
};

/** The days from some before a moment to some after it. */
const near = (instant: number, zone: string, days: number): readonly Temporal.PlainDate[] =>
  Array.from({ length: 2 * days + 1 }, (_, index) =>
    dateAt(instant, zone).add({ days: index - days }),
  );

export const isOpen = ({ calendar, holidays, failed }: KnownCalendar, instant: number): boolean => {
  const { zone, windows, blackouts, notBefore, notBeforeDate } = calendar;
  const isHoliday = (place: string, date: Temporal.PlainDate): boolean =>
    Object.hasOwn(holidays.places[place] ?? {}, date.toString());
  const isBusinessDay = (date: Temporal.PlainDate): boolean =>
    date.dayOfWeek <= 5 &&
    blackouts.every(
      (blackout) => blackout.kind !== "public holidays" || !isHoliday(blackout.country, date),
    );
  /** Business days from one date to before another one. */
  const businessDays = (from: Temporal.PlainDate, to: Temporal.PlainDate): number => {
    let count = 0;
    for (let day = from; Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
      if (isBusinessDay(day)) count += 1;
    }
    return count;
  };
  const isClosedDay = (blackout: Blackout, date: Temporal.PlainDate): boolean => {
    const nextMonth = date.with({ day: 1 }).add({ months: 1 });
    const intoQuarter = (date.month - 1) % 3;
    const quarter = date.with({ day: 1 }).subtract({ months: intoQuarter });
    const after = date.add({ days: 1 });
    switch (blackout.kind) {
      case "last business days":
        return businessDays(after, nextMonth) < blackout.count;
      case "quarter end":
        return (
          businessDays(after, quarter.add({ months: 3 })) < blackout.businessDaysBefore ||
          businessDays(quarter, date) < blackout.businessDaysAfter
        );
      case "public holidays":
        return isHoliday(blackout.country, date);
      default:
        return false;
    }
  };
  const touches = (blackout: Blackout, from: number, to: number): boolean => {
    if (blackout.kind === "events") {
      return blackout.events.some(
        (event) => Date.parse(event.from) < to && Date.parse(event.to) > from,
      );
    }
    const last = dateAt(to - 1, zone);
    for (let date = dateAt(from, zone); ; date = date.add({ days: 1 })) {
      if (Temporal.PlainDate.compare(date, last) > 0) return false;
      // A day that the zone left out is touched by nothing.
      const exists = date.toZonedDateTime(zone).toPlainDate().equals(date);
      if (exists && isClosedDay(blackout, date)) return true;
    }
  };
  const inDailyHours = (blackout: Blackout): boolean => {
    if (blackout.kind !== "daily hours") return false;
    const { from, to, weekdays: days, zone: own = zone } = blackout;
    return near(instant, own, 2).some(
      (date) =>
        (days === undefined || (days as readonly string[]).includes(weekdayOf(date))) &&
        edge(date, from, own, "earlier") <= instant &&
        instant < edge(date.add({ days: to > from ? 0 : 1 }), to, own, "later"),
    );
  };
  const isOpenOn = (window: Window, date: Temporal.PlainDate): boolean => {
    if (window.date === undefined) {
      if (!(window.weekdays as readonly string[]).includes(weekdayOf(date))) return false;
    } else if (date.toString() !== window.date) return false;
    if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return false;
    const planned = at(date, window.opens, zone, "compatible").epochMilliseconds;
    const closes = planned + window.lasts.milliseconds;
    const opens =
      notBefore === undefined
        ? planned
        : Math.max(planned, at(date, notBefore, zone, "compatible").epochMilliseconds);
    if (instant < opens || instant >= closes) return false;
    const waits =
      window.onlyAfter !== undefined &&
      !failed.some(({ title, closedAt }) => title === window.onlyAfter && closedAt <= planned);
    return !waits && !blackouts.some((blackout) => touches(blackout, opens, closes));
  };
  if (notBeforeDate !== undefined) {
    const first = Temporal.PlainDate.from(notBeforeDate).toZonedDateTime(zone).epochMilliseconds;
    if (instant < first) return false;
  }
  if (blackouts.some(inDailyHours)) return false;
  return windows.some((window) => near(instant, zone, 4).some((date) => isOpenOn(window, date)));
};
