import { expect, test } from "vitest";
import { count, minutes, percent, seconds } from "../../../definition/units.ts";
import { figureStanding } from "../../../policies/rules/figure-standing.ts";

const figure = { query: "max:rows.missing{*}", notOlderThan: minutes(5) };
const now = Date.parse("2026-01-10T22:00:00Z");
const missing = (value: number, at = now) =>
  figureStanding({ ...figure, limit: { atMost: percent(1) } }, { value, at }, now);

test("the edge is good where it may be reached, and bad where it may not", () => {
  expect(missing(1)).toEqual({ good: true, found: "1 %, limit at most 1 %" });
  expect(missing(1.01).good).toBe(false);
  const below = { ...figure, limit: { below: count(1) } };
  expect(figureStanding(below, { value: 1, at: now }, now)).toEqual({
    good: false,
    found: "1, limit below 1",
  });
});

test("a span is compared in milliseconds", () => {
  const lag = { ...figure, limit: { below: seconds(30) } };
  expect(figureStanding(lag, { value: 29_999, at: now }, now).good).toBe(true);
  expect(figureStanding(lag, { value: 30_000, at: now }, now).good).toBe(false);
});

test.for([NaN, Infinity, -1])("%d is no value that keeps a limit", (value) =>
  expect(missing(value).good).toBe(false),
);

test("a value counts until it is as old as the plan allows", () => {
  expect(missing(0, now - 300_000).good).toBe(true);
  expect(missing(0, now - 300_001)).toEqual({ good: false, found: "older than 5 min" });
  expect(missing(0, NaN).good).toBe(false);
});
