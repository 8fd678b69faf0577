import { describe, expect, test } from "vitest";
import type { Blackout, Calendar } from "../../../../definition/calendar.ts";
import type { Settled } from "../../../../definition/tbd.ts";
import { closedStretches } from "../../../../policies/rules/calendar/closed-stretches.ts";

const at = (instant: string): number => Date.parse(instant);

/** The stretches of one blackout in a span, as instants in words. */
const stretches = (
  blackout: Settled<Blackout>,
  from: string,
  to: string,
  {
    zone = "UTC",
    holidays = {},
  }: { readonly zone?: string; readonly holidays?: Readonly<Record<string, string>> } = {},
): readonly (readonly [string, string, string])[] => {
  const country: Settled<Blackout> = { kind: "public holidays", country: "XX", reason: "feast" };
  const calendar: Settled<Calendar> = { zone, windows: [], blackouts: [blackout, country] };
  const known = { firstYear: 2024, lastYear: 2028, places: { XX: holidays } };
  return closedStretches(calendar, known, { from: at(from), to: at(to) })
    .filter(({ reason }) => blackout.kind === "public holidays" || !reason.startsWith("feast"))
    .map((each) => [iso(each.from), iso(each.to), each.reason] as const);
};

const iso = (instant: number): string => new Date(instant).toISOString().replace(/:00\.000Z$/, "Z");

describe("S1-14: the month's last three business days", () => {
  const payroll: Settled<Blackout> = { kind: "last business days", count: 3, reason: "payroll" };
  test.for([
    ["Saturday", "2026-01", "2026-01-28", "2026-02-01", "January"],
    ["Saturday", "2026-02", "2026-02-25", "2026-03-01", "February"],
    ["Tuesday", "2026-03", "2026-03-27", "2026-04-01", "March"],
    ["Sunday", "2026-05", "2026-05-27", "2026-06-01", "May"],
    ["Monday", "2026-08", "2026-08-27", "2026-09-01", "August"],
    ["Thursday", "2026-12", "2026-12-29", "2027-01-01", "December"],
  ] as const)("a month that ends on a %s: %s", ([, month, first, end, name]) =>
    expect(stretches(payroll, `${month}-20T00:00:00Z`, `${end}T00:00:00Z`)).toEqual([
      [`${first}T00:00Z`, `${end}T00:00Z`, `payroll (last 3 business days of ${name} 2026)`],
    ]),
  );
  test("holidays at the end are no business days, so that it begins earlier", () =>
    expect(
      stretches(payroll, "2026-12-15T00:00:00Z", "2027-01-01T00:00:00Z", {
        holidays: { "2026-12-30": "feast", "2026-12-31": "feast" },
      }),
    ).toMatchObject([["2026-12-25T00:00Z", "2027-01-01T00:00Z", expect.anything() as string]]));
  test("every month of two years has exactly three, weekends between them included", () => {
    const found = stretches(payroll, "2025-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    expect(found).toHaveLength(24);
    for (const [from, to] of found) {
      const days = Array.from({ length: (at(to) - at(from)) / 86_400_000 }, (_, index) =>
        new Date(at(from) + index * 86_400_000).getUTCDay(),
      );
      expect(days.filter((day) => day > 0 && day < 6)).toHaveLength(3);
      expect(days[0]).toBeGreaterThan(0);
      expect(days[0]).toBeLessThan(6);
      expect(to.slice(8, 10)).toBe("01");
    }
  });
  test("days are those of the calendar's zone", () =>
    expect(
      stretches(payroll, "2026-03-20T00:00:00Z", "2026-04-02T00:00:00Z", { zone: "Europe/Berlin" }),
    ).toMatchObject([["2026-03-26T23:00Z", "2026-03-31T22:00Z", expect.anything() as string]]));
});

describe("S1-15: quarter end, three business days before and five after", () => {
  const close: Settled<Blackout> = {
    kind: "quarter end",
    businessDaysBefore: 3,
    businessDaysAfter: 5,
    reason: "close",
  };
  test("the four of 2026, each over a weekend", () =>
    expect(stretches(close, "2026-01-15T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual([
      ["2026-03-27T00:00Z", "2026-04-08T00:00Z", "close (end of the quarter in March 2026)"],
      ["2026-06-26T00:00Z", "2026-07-08T00:00Z", "close (end of the quarter in June 2026)"],
      ["2026-09-28T00:00Z", "2026-10-08T00:00Z", "close (end of the quarter in September 2026)"],
      ["2026-12-29T00:00Z", "2027-01-08T00:00Z", "close (end of the quarter in December 2026)"],
    ]));
  test("New Year's Day is no business day", () =>
    expect(
      stretches(close, "2026-01-01T00:00:00Z", "2026-01-15T00:00:00Z", {
        holidays: { "2026-01-01": "New Year's Day" },
      }),
    ).toMatchObject([["2025-12-29T00:00Z", "2026-01-09T00:00Z", expect.anything() as string]]));
});

describe("S2-61: peak hours, half-open, in a zone of their own", () => {
  const peak: Settled<Blackout> = {
    kind: "daily hours",
    from: "06:00",
    to: "09:00",
    zone: "America/Chicago",
    reason: "peak",
  };
  const closedAt = (instant: string): boolean =>
    stretches(peak, instant, new Date(at(instant) + 1_000).toISOString()).length > 0;
  test.for([
    ["2026-03-07T11:59:59Z", false],
    ["2026-03-07T12:00:00Z", true],
    ["2026-03-07T14:59:59Z", true],
    ["2026-03-07T15:00:00Z", false],
    // A day later clocks in Chicago have gone forward.
    ["2026-03-08T10:59:59Z", false],
    ["2026-03-08T11:00:00Z", true],
    ["2026-03-08T13:59:59Z", true],
    ["2026-03-08T14:00:00Z", false],
  ] as const)("at %s: %s", ([instant, closed]) => expect(closedAt(instant)).toBe(closed));
  test("hours that end before they begin go on past midnight", () =>
    expect(
      stretches(
        { kind: "daily hours", from: "22:00", to: "06:00", weekdays: ["Friday"], reason: "night" },
        "2026-01-10T00:00:00Z",
        "2026-01-10T12:00:00Z",
      ),
    ).toEqual([["2026-01-09T22:00Z", "2026-01-10T06:00Z", "night (22:00–06:00 UTC)"]]));
});

test("S2-62: a holiday is its day in the calendar's zone", () =>
  expect(
    stretches(
      { kind: "public holidays", country: "XX", reason: "support" },
      "2026-07-01T00:00:00Z",
      "2026-07-10T00:00:00Z",
      { zone: "America/New_York", holidays: { "2026-07-04": "Independence Day" } },
    )[0],
  ).toEqual([
    "2026-07-04T04:00Z",
    "2026-07-05T04:00Z",
    "support (Independence Day, public holiday in XX)",
  ]));

test("where nobody knows the holidays nobody knows the business days either", () =>
  expect(() =>
    stretches(
      { kind: "last business days", count: 3, reason: "payroll" },
      "2030-03-01T00:00:00Z",
      "2030-03-20T00:00:00Z",
    ),
  ).toThrow("nobody knows the public holidays of XX in 2030"));

test("nothing moves before the first date", () => {
  const calendar: Settled<Calendar> = {
    zone: "UTC",
    windows: [],
    blackouts: [],
    notBeforeDate: "2026-03-25",
  };
  const none = { firstYear: 2026, lastYear: 2026, places: {} };
  const reasonsAt = (instant: string) =>
    closedStretches(calendar, none, { from: at(instant), to: at(instant) + 1 });
  expect(reasonsAt("2026-03-24T23:59:59Z")).toMatchObject([{ reason: "before 2026-03-25" }]);
  expect(reasonsAt("2026-03-25T00:00:00Z")).toEqual([]);
});
