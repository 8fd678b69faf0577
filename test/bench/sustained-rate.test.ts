import { expect, test } from "vitest";
import { sustained } from "../../bench/sustained-rate.ts";

const reading = (rate: number, p95Milliseconds: number, answeredPerSecond = rate) => ({
  rate,
  answeredPerSecond,
  p95Milliseconds,
});

test.for([
  { what: "none exceeds", last: reading(200, 30), rate: 200, exceeded: false },
  { what: "too slow", last: reading(200, 31), rate: 100, exceeded: true },
  { what: "just answered", last: reading(200, 20, 180), rate: 200, exceeded: false },
  { what: "too few answered", last: reading(200, 20, 179), rate: 100, exceeded: true },
  { what: "no figure", last: reading(200, Number.NaN), rate: 100, exceeded: true },
])("$what: $rate requests a second are sustained", ({ last, rate, exceeded }) => {
  expect(sustained([reading(50, 10), reading(100, 12), last])).toEqual({
    rate,
    exceeded,
    unloadedMilliseconds: 10,
    at: 200,
  });
});
