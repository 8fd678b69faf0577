import { describe, expect, test } from "vitest";
import type { Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { readPublicHolidays } from "../../../policies/facts/public-holidays-reader.ts";

const calendarFor = (
  ...places: readonly { readonly country: string; readonly region?: string }[]
): Settled<Calendar> => ({
  zone: "UTC",
  windows: [],
  blackouts: places.map((place) => ({ kind: "public holidays", reason: "x", ...place })),
});
const read = (country: string, year: number, region?: string) =>
  readPublicHolidays(calendarFor({ country, ...(region !== undefined && { region }) }), {
    firstYear: year,
    lastYear: year,
  }).places[region === undefined ? country : `${country}-${region}`];

test("S1-16: the federal holidays of the United States in 2026", () =>
  expect(read("US", 2026)).toMatchObject({
    "2026-01-01": "New Year's Day",
    "2026-01-19": "Martin Luther King Jr. Day",
    "2026-07-03": "Independence Day (substitute day)",
    "2026-07-04": "Independence Day",
    "2026-11-26": "Thanksgiving Day",
  }));

test("S1-16: a region has holidays of its own", () => {
  expect(read("DE", 2026, "BY")).toHaveProperty("2026-01-06");
  expect(read("DE", 2026)).not.toHaveProperty("2026-01-06");
});

test("days that are kept but not free are none", () =>
  expect(read("US", 2026)).not.toHaveProperty("2026-02-14"));

describe("a holiday's dates", () => {
  test("one day, also where clocks change in the night", () =>
    expect(
      Object.keys(read("DE", 2025) ?? {}).filter((date) => date.startsWith("2025-10")),
    ).toEqual(["2025-10-03"]));
  test("the afternoon of a day is that day", () =>
    expect(read("CN", 2026)).toHaveProperty("2026-03-08"));
  test.for([
    ["TR", ["2026-03-20", "2026-03-21", "2026-03-22", "2026-03-23"]],
    ["IL", ["2026-04-02", "2026-04-08", "2026-04-22"]],
  ] as const)(
    "%s: several days are all of them, and the evening before is none",
    ([country, dates]) => {
      const known = Object.keys(read(country, 2026) ?? {}).filter((date) => /-0[34]-/.test(date));
      expect(known.filter((date) => date > "2026-03-10" && date < "2026-04-23")).toEqual(dates);
    },
  );
});

test("every year and every place that is asked for", () => {
  const holidays = readPublicHolidays(calendarFor({ country: "US" }, { country: "FR" }), {
    firstYear: 2025,
    lastYear: 2027,
  });
  expect(holidays).toMatchObject({ firstYear: 2025, lastYear: 2027 });
  for (const place of ["US", "FR"]) {
    expect(holidays.places[place]).toMatchObject({ "2025-12-25": expect.any(String) as string });
    expect(holidays.places[place]).toMatchObject({ "2027-12-25": expect.any(String) as string });
  }
});

test("a calendar that names no place asks for none", () =>
  expect(readPublicHolidays(calendarFor(), { firstYear: 2026, lastYear: 2026 }).places).toEqual(
    {},
  ));
