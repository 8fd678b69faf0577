import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { datadogQuery, requestCountQuery } from "../../../../definition/measures.ts";
import { traceMetrics } from "../../../../definition/request-metrics.ts";
import { tracerMetrics } from "../../../../rehearsal/world/application/tracer-metrics.ts";
import { MetricStore } from "../../../../rehearsal/world/monitoring/metric-store.ts";
import { PrometheusText } from "../../../../rehearsal/world/monitoring/prometheus-text.ts";
import { evaluate } from "../../../../rehearsal/world/monitoring/query/evaluate.ts";
import { gridOf } from "../../../../rehearsal/world/monitoring/query/grid.ts";
import { parseQuery } from "../../../../rehearsal/world/monitoring/query/parse-query.ts";
import { TargetReader } from "../../../../rehearsal/world/monitoring/target-reader.ts";

const requestMetrics = traceMetrics({ operation: "fastapi.request", env: "production" });
const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 21);

/**
 * What Datadog holds of a tracer with these variables: 93 good answers of 100 ms, 3 bad ones, 1 reset, and 3 that say
 * that writes are frozen.
 */
const stored = async (variables: Readonly<Record<string, string>>): Promise<MetricStore> => {
  const registry = new Registry();
  const { operation } = requestMetrics;
  const tracer = tracerMetrics({ operation, variables }, registry);
  const answered = (code: number, call: string, unavailable = false): void => {
    tracer.answered({ code, milliseconds: 100, call, unavailable });
  };
  for (let count = 0; count < 46; count += 1) answered(200, "GET /orders/{id}");
  for (let count = 0; count < 47; count += 1) answered(200, "POST /checkout");
  for (let count = 0; count < 3; count += 1) answered(503, "POST /checkout", true);
  for (const code of [503, 502]) answered(code, "GET /orders/{id}");
  for (const code of [500, 0]) answered(code, "POST /checkout");
  for (const failed of [false, true, false]) tracer.charged?.({ failed });
  const store = new MetricStore();
  const readings = new TargetReader({}, true).read(
    new PrometheusText().parse(await registry.metrics()),
  );
  for (const { kind, metric, tags, value } of readings) {
    if (kind === "distribution") store.addDistribution(metric, tags, T0, value);
    else if (kind === "count") store.addCount(metric, tags, T0, value);
  }
  return store;
};

const answer = (store: MetricStore, query: string) => {
  const expression = parseQuery(query);
  return evaluate(expression, store, gridOf(expression, T0, T0 + MINUTE))[0]?.values[0];
};

const side = (workload: string) => ({ namespace: "production", workload, requestMetrics });
const options = { periodSeconds: 60, minimumRequests: 20 };
const declared = { DD_SERVICE: "lms-green", DD_ENV: "production", DD_VERSION: "3.0.0" };

test("a side's requests, error rate and response time are what its tracer reports", async () => {
  const store = await stored(declared);
  const green = side("lms-green");
  expect(answer(store, requestCountQuery(green, 60))).toBe(100);
  expect(answer(store, datadogQuery({ measure: "error-rate" }, green, options))).toBe(3);
  const p95 = answer(store, datadogQuery({ measure: "p95-latency" }, green, options)) ?? NaN;
  expect(Math.abs(p95 - 100)).toBeLessThan(11);
});

test("answers that say that writes are frozen are requests and no errors", async () => {
  const store = await stored(declared);
  const checkouts = { measure: { failuresOf: { method: "POST", path: "/checkout" } } } as const;
  expect(answer(store, datadogQuery(checkouts, side("lms-green"), options))).toBeLessThan(2);
});

test("the failures of one call are told from those of the others", async () => {
  const store = await stored(declared);
  const failuresOf = (method: string, path: string) =>
    answer(
      store,
      datadogQuery({ measure: { failuresOf: { method, path } } }, side("lms-green"), options),
    );
  expect(failuresOf("POST", "/checkout")).toBeCloseTo(100 / 52, 9);
  expect(failuresOf("GET", "/orders/{id}")).toBeCloseTo(200 / 48, 9);
  expect(failuresOf("GET", "/never/called")).toBeUndefined();
});

test("errors of a payment are counted, and are 0 where requests came without any", async () => {
  const store = await stored(declared);
  const errorsOf = (span: string, workload: string) =>
    answer(store, datadogQuery({ measure: { errorsOf: span } }, side(workload), options));
  expect(errorsOf("payment.charge", "lms-green")).toBe(1);
  expect(errorsOf("mail.send", "lms-green")).toBe(0);
  expect(errorsOf("payment.charge", "lms-blue")).toBeUndefined();
});

test.for([
  ["the other side", declared, "lms-blue"],
  ["another environment", { ...declared, DD_ENV: "staging" }, "lms-green"],
  ["a pod whose tracer was not told its service", { DD_ENV: "production" }, "lms-green"],
] as const)("requests of %s are not counted", async ([, variables, workload]) => {
  const store = await stored(variables);
  expect(answer(store, requestCountQuery(side(workload), 60))).toBeUndefined();
});
