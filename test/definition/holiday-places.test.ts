import Holidays from "date-holidays";
import { expect, test } from "vitest";
import { holidayCountries, regionsOf } from "../../definition/holiday-places.ts";

const library = new Holidays();

test("knows the countries that the library knows", () =>
  expect(holidayCountries).toEqual(Object.keys(library.getCountries()).sort()));

test("knows the regions that the library knows", () => {
  for (const country of holidayCountries) {
    const states = library.getStates(country) as Readonly<Record<string, string>> | undefined;
    expect([country, regionsOf(country)]).toEqual([country, Object.keys(states ?? {}).sort()]);
  }
});

test("knows nothing of what is no country", () => expect(regionsOf("XX")).toBeUndefined());
