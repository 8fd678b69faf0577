import type { Blackout } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { afterBusinessDays, lastBusinessDays, type IsBusinessDay } from "./business-days.ts";
import { firstOfMonth, monthOf, yearOf, type Day } from "./day.ts";
import { holidayOn, placeOf, type PublicHolidays } from "./public-holidays.ts";

/** Days in a row, the last one excluded. */
export interface Days {
  readonly first: Day;
  readonly end: Day;
}

/** Days on which nothing moves forward, with the reason in words for an operator. */
export interface ClosedDays extends Days {
  readonly reason: string;
}

/** A blackout of one kind, with every open value settled. */
type Of<Kind extends Blackout["kind"]> = Settled<Extract<Blackout, { kind: Kind }>>;

/** Unbroken from the first of the last business days to the end of the month, weekends included. */
export const lastDaysOfMonths = (
  { count, reason }: Of<"last business days">,
  { first, end }: Days,
  isBusinessDay: IsBusinessDay,
): readonly ClosedDays[] =>
  monthEnds(first, end + reachOf(count)).map((after) => ({
    first: lastBusinessDays(after, count, isBusinessDay),
    end: after,
    reason: `${reason} (last ${count === 1 ? "business day" : `${count} business days`} of ${monthName(after - 1)})`,
  }));

/** Unbroken over the end of the quarter, weekends included. */
export const quarterEnds = (
  { businessDaysBefore, businessDaysAfter, reason }: Of<"quarter end">,
  { first, end }: Days,
  isBusinessDay: IsBusinessDay,
): readonly ClosedDays[] =>
  monthEnds(first - reachOf(businessDaysAfter), end + reachOf(businessDaysBefore))
    .filter((after) => monthOf(after) % 3 === 0)
    .map((after) => ({
      first: lastBusinessDays(after, businessDaysBefore, isBusinessDay),
      end: afterBusinessDays(after, businessDaysAfter, isBusinessDay),
      reason: `${reason} (end of the quarter in ${monthName(after - 1)})`,
    }));

/** Each holiday by itself. */
export const holidaysAmong = (
  { reason, ...named }: Of<"public holidays">,
  days: Days,
  holidays: PublicHolidays,
): readonly ClosedDays[] => {
  const place = placeOf(named);
  return eachOf(days).flatMap((day) => {
    const name = holidayOn(holidays, place, day);
    if (name === undefined) return [];
    return [
      { first: day, end: day + 1, reason: `${reason} (${name}, public holiday in ${place})` },
    ];
  });
};

/** Every one of these days. */
export const eachOf = ({ first, end }: Days): readonly Day[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);

/** Days that so many business days can take at the most: weekends, and a fortnight of holidays. */
const reachOf = (businessDays: number): number => 14 + 2 * businessDays;

/** The first day of every month that begins after `first` and not after `last`. */
const monthEnds = (first: Day, last: Day): readonly Day[] => {
  const ends: Day[] = [];
  const year = yearOf(first);
  for (let month = monthOf(first) + 1; firstOfMonth(year, month) <= last; month += 1) {
    ends.push(firstOfMonth(year, month));
  }
  return ends;
};

const monthName = (day: Day): string => `${months[monthOf(day)] ?? ""} ${yearOf(day)}`;

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
