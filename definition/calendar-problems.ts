import { shown, type Problem } from "./bad-input.ts";
import type { Blackout, Calendar, Window } from "./calendar.ts";
import { regionsOf } from "./holiday-places.ts";
import type { Settled } from "./tbd.ts";

/** What is wrong with a settled calendar although each of its values by itself is right. */
export const calendarProblems = (calendar: Settled<Calendar>): readonly Problem[] => [
  ...calendar.windows.flatMap((window, index) =>
    windowProblems(window, calendar, index).map((problem) => at(`windows.${index}`, problem)),
  ),
  ...calendar.blackouts.flatMap((blackout, index) =>
    blackoutProblems(blackout).map((problem) => at(`blackouts.${index}`, problem)),
  ),
];

const at = (place: string, { key, ...problem }: Problem): Problem => ({
  key: `calendar.${place}.${key ?? ""}`,
  ...problem,
});

const windowProblems = (
  { title, date, weekdays, opens, lasts, onlyAfter }: Settled<Window>,
  { windows, notBefore, notBeforeDate }: Settled<Calendar>,
  index: number,
): readonly Problem[] => {
  const before = windows.slice(0, index);
  const problems: Problem[] = [];
  if (before.some((other) => other.title === title)) {
    problems.push({
      key: "title",
      found: `given ${shown(title)} twice`,
      expected: "each name once",
    });
  }
  const weekday = date === undefined ? undefined : weekdayOf(date);
  if (weekday !== undefined && !(weekdays as readonly string[]).includes(weekday)) {
    const expected = `a ${weekdays.join(" or ")}`;
    problems.push({ key: "date", found: `${shown(date)}, a ${weekday}`, expected });
  }
  if (date !== undefined && notBeforeDate !== undefined && date < notBeforeDate) {
    const expected = `a date from notBeforeDate, ${notBeforeDate}, on`;
    problems.push({ key: "date", found: shown(date), expected });
  }
  if (
    notBefore !== undefined &&
    minutesIn(opens) + lasts.milliseconds / 60_000 <= minutesIn(notBefore)
  ) {
    const expected = `a window that is open after notBefore, ${notBefore}`;
    problems.push({ key: "opens", found: `${shown(opens)}, and closed again by then`, expected });
  }
  if (onlyAfter === undefined) return problems;
  const first = before.find((other) => other.title === onlyAfter);
  if (first === undefined) {
    const titles = before.map((other) => other.title).join(", ");
    const expected = titles === "" ? "a name that the plan declares" : `one of ${titles}`;
    problems.push({ key: "onlyAfter", found: shown(onlyAfter), expected });
  } else if (date !== undefined && first.date !== undefined && date <= first.date) {
    const expected = `a date after that of ${onlyAfter}, ${first.date}`;
    problems.push({ key: "date", found: shown(date), expected });
  }
  return problems;
};

const blackoutProblems = (blackout: Settled<Blackout>): readonly Problem[] => {
  switch (blackout.kind) {
    case "last business days":
      return [];
    case "quarter end":
      return blackout.businessDaysBefore + blackout.businessDaysAfter > 0
        ? []
        : [
            {
              key: "businessDaysBefore",
              found: "0 like businessDaysAfter",
              expected: "one of them above 0",
            },
          ];
    case "public holidays":
      return placeProblems(blackout);
    case "events":
      return blackout.events.flatMap(({ from, to }, index) =>
        Date.parse(from) < Date.parse(to)
          ? []
          : [{ key: `events.${index}.to`, found: shown(to), expected: `an instant after ${from}` }],
      );
    case "daily hours":
      return blackout.from === blackout.to
        ? [{ key: "to", found: `${shown(blackout.to)} like from`, expected: "another time" }]
        : [];
  }
};

const placeProblems = ({
  country,
  region,
}: {
  readonly country: string;
  readonly region?: string;
}): readonly Problem[] => {
  const regions = regionsOf(country);
  if (regions === undefined) {
    const expected = "the ISO 3166 code of a country whose holidays are known, for example US";
    return [{ key: "country", found: shown(country), expected }];
  }
  if (region === undefined || regions.includes(region)) return [];
  const expected =
    regions.length > 0
      ? `a region of ${country}: ${regions.join(", ")}`
      : `no region: holidays are the same everywhere in ${country}`;
  return [{ key: "region", found: shown(region), expected }];
};

const minutesIn = (time: string): number => {
  const [hours = NaN, minutes = NaN] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

const weekdayOf = (on: string): string =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(
    new Date(`${on}T00:00:00Z`),
  );
