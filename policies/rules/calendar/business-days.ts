import type { Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { weekdayOf, type Day } from "./day.ts";
import { holidayOn, placeOf, type PublicHolidays } from "./public-holidays.ts";

/** Whether business is done on a day. */
export type IsBusinessDay = (day: Day) => boolean;

/** Monday to Friday, without the public holidays of any country that the calendar closes for. */
export const businessDaysOf = (
  { blackouts }: Settled<Calendar>,
  holidays: PublicHolidays,
): IsBusinessDay => {
  const places = blackouts.flatMap((blackout) =>
    blackout.kind === "public holidays" ? [placeOf(blackout)] : [],
  );
  return (day) =>
    !weekend.has(weekdayOf(day)) &&
    places.every((place) => holidayOn(holidays, place, day) === undefined);
};

/** The first of the last `count` business days before a day; that day itself where there are none. */
export const lastBusinessDays = (before: Day, count: number, is: IsBusinessDay): Day => {
  let day = before;
  for (let left = count; left > 0; left -= is(day) ? 1 : 0) day -= 1;
  return day;
};

/** The day after the first `count` business days from a day on; that day itself where there are none. */
export const afterBusinessDays = (from: Day, count: number, is: IsBusinessDay): Day => {
  let day = from;
  for (let left = count; left > 0; day += 1) left -= is(day) ? 1 : 0;
  return day;
};

const weekend: ReadonlySet<string> = new Set(["Saturday", "Sunday"]);
