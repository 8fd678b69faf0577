import { createRequire } from "node:module";
import type Holidays from "date-holidays";
import type { Calendar } from "../../definition/calendar.ts";
import type { Settled } from "../../definition/tbd.ts";
import { dateOf, dayMilliseconds, dayOf } from "../rules/calendar/day.ts";
import { placeOf, type PublicHolidays } from "../rules/calendar/public-holidays.ts";

/** The years whose holidays a move at an instant is judged with. */
export const yearsAround = (at: number): Years => {
  const year = new Date(at).getUTCFullYear();
  return { firstYear: year - 1, lastYear: year + 2 };
};

type Years = Pick<PublicHolidays, "firstYear" | "lastYear">;

/**
 * The public holidays of the places that a calendar names. The library takes a tenth of a second to load,
 * so that happens here, when somebody asks, and only for a calendar that names a place. They are worked out
 * once: the first time that takes as long as to read most other facts together.
 */
export const readPublicHolidays = (
  { blackouts }: Settled<Calendar>,
  years: Years,
): PublicHolidays => {
  const places = blackouts.flatMap((blackout) =>
    blackout.kind === "public holidays" ? [blackout] : [],
  );
  const key = [years.firstYear, years.lastYear, ...places.map(placeOf)].join(" ");
  const holidays = workedOut.get(key) ?? workOut(places, years);
  workedOut.set(key, holidays);
  return holidays;
};

const workedOut = new Map<string, PublicHolidays>();

type Place = Parameters<typeof placeOf>[0];

const workOut = (places: readonly Place[], { firstYear, lastYear }: Years): PublicHolidays => {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  return {
    firstYear,
    lastYear,
    places: Object.fromEntries(
      places.map((place) => {
        const library = open(place);
        const holidays = years.flatMap((year) => library.getHolidays(year, "en"));
        return [placeOf(place), Object.fromEntries(holidays.flatMap(datesOf))];
      }),
    ),
  };
};

const require = createRequire(import.meta.url);

/** The library. As CommonJS: as a module it is loaded file by file through the loader that strips types. */
const loadHolidays = (): typeof Holidays => require("date-holidays") as typeof Holidays;

const open = ({ country, region }: Place): Holidays => {
  const Library = loadHolidays();
  return region === undefined ? new Library(country) : new Library(country, region);
};

/** The dates of a public holiday: every day that it touches, without the evening before. */
const datesOf = ({
  date,
  start,
  end,
  name,
  type,
}: ReturnType<Holidays["getHolidays"]>[number]): readonly (readonly [string, string])[] => {
  if (type !== "public") return [];
  // `2026-03-20 00:00:00 -0600` begins at sunset, six hours before that day does.
  const [first = "", time = "00:00:00", evening = ""] = date.split(" ");
  const begins = evening === "" ? Date.parse(`1970-01-01T${time}Z`) : -6 * hour;
  // A day on which clocks change is an hour longer or shorter.
  const length = begins + end.getTime() - start.getTime() - 2 * hour;
  const days = Math.max(1, Math.ceil(length / dayMilliseconds));
  return Array.from({ length: days }, (_, index) => [dateOf(dayOf(first) + index), name]);
};

const hour = 3_600_000;
