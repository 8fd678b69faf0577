import fc from "fast-check";
import { expect, test } from "vitest";
import {
  callFailures,
  cpuUse,
  edgeOf,
  errorRate,
  failedRequests,
  isBreached,
  isOfOneSide,
  limitOf,
  measured,
  memoryUse,
  p95Latency,
  spanErrors,
} from "../../definition/thresholds.ts";
import {
  count,
  milliseconds,
  minutes,
  percent,
  perSecond,
  seconds,
} from "../../definition/units.ts";

const rest = { breach: "roll back", source: "S1-71" } as const;
const own = { name: "lag", title: "Lag", query: "max:lag{}" };

test.for([
  [errorRate({ below: percent(1), ...rest }), "error-rate", 1, "%", true],
  [failedRequests({ below: percent(0.5), ...rest }), "failed-requests", 0.5, "%", true],
  [p95Latency({ below: milliseconds(500), ...rest }), "p95-latency", 500, "ms", true],
  [p95Latency({ atMost: seconds(2), ...rest }), "p95-latency", 2_000, "ms", false],
  [cpuUse({ below: percent(70), ...rest }), "cpu", 70, "%", true],
  [memoryUse({ below: percent(80), ...rest }), "memory", 80, "%", true],
  [measured(own, { below: count(1), ...rest }), "lag", 1, "count", true],
  [measured(own, { atMost: perSecond(1_000), ...rest }), "lag", 1_000, "/s", false],
] as const)("%# is a number in its unit", ([threshold, name, value, unit, reachedIsBreach]) => {
  expect(threshold.name).toBe(name);
  expect(limitOf(threshold)).toEqual({ value, unit, reachedIsBreach });
});

test("below is breached when reached, atMost only when passed", () => {
  const below = errorRate({ below: percent(1), ...rest });
  const atMost = errorRate({ atMost: percent(1), ...rest });
  expect([0.99, 1, 1.01].map((value) => isBreached(below, value))).toEqual([false, true, true]);
  expect([0.99, 1, 1.01].map((value) => isBreached(atMost, value))).toEqual([false, false, true]);
});

test("no value is a breach, never a pass", () => {
  expect(isBreached(errorRate({ atMost: percent(1), ...rest }), Number.NaN)).toBe(true);
  expect(isBreached(errorRate({ below: percent(1), ...rest }), Number.NaN)).toBe(true);
});

test("a larger value is never better", () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
      const threshold = errorRate({ atMost: percent(1), ...rest });
      const [low, high] = one < other ? [one, other] : [other, one];
      expect(isBreached(threshold, low) && !isBreached(threshold, high)).toBe(false);
    }),
  ));

test("one measure can have several limits, each for its stages and found in its way", () =>
  expect(
    errorRate({
      name: "error-rate-critical",
      title: "Errors",
      below: percent(1),
      at: ["watch-critical"],
      evaluation: { period: minutes(5), periods: 1 },
      ...rest,
    }),
  ).toEqual({
    name: "error-rate-critical",
    title: "Errors",
    limit: { below: percent(1) },
    measure: "error-rate",
    breach: "roll back",
    at: ["watch-critical"],
    evaluation: { period: minutes(5), periods: 1 },
    source: "S1-71",
  }));

test("a measure of the system's own carries its query", () =>
  expect(measured(own, { below: count(1), ...rest })).toEqual({
    name: "lag",
    title: "Lag",
    limit: { below: count(1) },
    measure: { query: "max:lag{}" },
    ...rest,
  }));

test("failures of one call and errors of one kind of span carry what they count", () => {
  const checkout = { name: "checkout-failures", title: "Failed checkouts" };
  expect(
    callFailures(
      { ...checkout, method: "POST", path: "/checkout" },
      { atMost: percent(1), ...rest },
    ),
  ).toEqual({
    ...checkout,
    limit: { atMost: percent(1) },
    measure: { failuresOf: { method: "POST", path: "/checkout" } },
    ...rest,
  });
  const payments = { name: "payment-errors", title: "Payment errors" };
  expect(spanErrors({ ...payments, span: "payment.charge" }, { below: count(1), ...rest })).toEqual(
    {
      ...payments,
      limit: { below: count(1) },
      measure: { errorsOf: "payment.charge" },
      ...rest,
    },
  );
});

test.for([
  [errorRate({ below: percent(1), ...rest }), true],
  [
    callFailures(
      { name: "a", title: "A", method: "GET", path: "/" },
      { below: percent(1), ...rest },
    ),
    true,
  ],
  [measured({ ...own, query: "max:lag{app:{workload}}" }, { below: count(1), ...rest }), true],
  [measured(own, { below: count(1), ...rest }), false],
] as const)("%# is about one side where it names one", ([threshold, expected]) => {
  expect(isOfOneSide(threshold)).toBe(expected);
});

test("the edge, whichever way the limit is written", () => {
  expect(edgeOf({ below: percent(1) })).toEqual(percent(1));
  expect(edgeOf({ atMost: seconds(5) })).toEqual(seconds(5));
});
