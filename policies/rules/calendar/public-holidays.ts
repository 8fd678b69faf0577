import { dateOf, yearOf, type Day } from "./day.ts";

/** The public holidays of some years, for the places that a calendar names. */
export interface PublicHolidays {
  readonly firstYear: number;
  readonly lastYear: number;
  /** By place (`US`, `DE-BY`) the name of the holiday on a date. */
  readonly places: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a country, or a region within it, is called among them. */
export const placeOf = ({
  country,
  region,
}: {
  readonly country: string;
  readonly region?: string;
}): string => (region === undefined ? country : `${country}-${region}`);

/**
 * The holiday of a place on a day, if it is one.
 * @throws RangeError where nobody knows: a day on which it is not known whether it is a holiday is no
 * business day, and no other day either.
 */
export const holidayOn = (
  { firstYear, lastYear, places }: PublicHolidays,
  place: string,
  day: Day,
): string | undefined => {
  const year = yearOf(day);
  const dates = places[place];
  if (dates === undefined || year < firstYear || year > lastYear) {
    throw new RangeError(`nobody knows the public holidays of ${place} in ${year}`);
  }
  return dates[dateOf(day)];
};
