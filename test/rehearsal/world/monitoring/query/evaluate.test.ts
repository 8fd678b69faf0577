import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MetricStore } from "../../../../../rehearsal/world/monitoring/metric-store.ts";
import { evaluate } from "../../../../../rehearsal/world/monitoring/query/evaluate.ts";
import { gridOf } from "../../../../../rehearsal/world/monitoring/query/grid.ts";
import { parseQuery } from "../../../../../rehearsal/world/monitoring/query/parse-query.ts";
import { Sketch } from "../../../../../rehearsal/world/monitoring/sketch.ts";

const MINUTE = 60_000;
/** Some midnight, so that minutes are aligned. */
const T0 = Date.UTC(2026, 10, 21);

const answer = (store: MetricStore, query: string, from = T0, to = T0 + 3 * MINUTE) => {
  const expression = parseQuery(query);
  return evaluate(expression, store, gridOf(expression, from, to));
};
const values = (store: MetricStore, query: string) => answer(store, query)[0]?.values;

const sketchOf = (...numbers: readonly number[]): Sketch => {
  const sketch = new Sketch();
  for (const number of numbers) sketch.add(number);
  return sketch;
};

/** Requests to green in three minutes: 100 with 2 failed, none reported, 10 with 1 failed. */
const requests = (): MetricStore => {
  const store = new MetricStore();
  const add = (at: number, code: string, count: number, reporter = "destination"): void => {
    const tags = { kube_namespace: "production", destination_workload: "lms-green" };
    store.addCount(
      "istio.mesh.request.count",
      { ...tags, reporter, response_code: code },
      T0 + at,
      count,
    );
  };
  add(0, "200", 60);
  add(10_000, "200", 38);
  add(20_000, "503", 2);
  add(20_000, "0", 1, "source");
  add(20_000, "500", 2, "source");
  add(20_000, "200", 197, "source");
  add(2 * MINUTE, "200", 9);
  add(2 * MINUTE + 59_999, "500", 1);
  add(3 * MINUTE, "500", 1000);
  return store;
};

const GREEN = "kube_namespace:production AND destination_workload:lms-green";
const errorRate =
  `100 * default_zero(sum:istio.mesh.request.count{${GREEN} AND reporter:destination AND response_code:5*}.as_count().rollup(sum, 60)) / ` +
  `cutoff_min(sum:istio.mesh.request.count{${GREEN} AND reporter:destination}.as_count().rollup(sum, 60), 20)`;
const failedRequests =
  `100 * default_zero(sum:istio.mesh.request.count{${GREEN} AND reporter:source AND (response_code:5* OR response_code:0)}.as_count().rollup(sum, 60)) / ` +
  `cutoff_min(sum:istio.mesh.request.count{${GREEN} AND reporter:source}.as_count().rollup(sum, 60), 20)`;

describe("the queries of the program", () => {
  test("error rate: per minute, nothing below 20 requests", () =>
    expect(values(requests(), errorRate)).toEqual([2, undefined, undefined]));

  // Datadog's monitors take `as_count` only with sum(last_…); a rollup alone says the same of a count.
  test("a rollup of a count needs no as_count", () =>
    expect(values(requests(), errorRate.replaceAll(".as_count()", ""))).toEqual(
      values(requests(), errorRate),
    ));

  test("failed requests count resets as well", () =>
    expect(values(requests(), failedRequests)).toEqual([1.5, undefined, undefined]));

  test("no failed request at all is a rate of 0, not no value", () => {
    const store = new MetricStore();
    store.addCount(
      "istio.mesh.request.count",
      {
        kube_namespace: "production",
        destination_workload: "lms-green",
        reporter: "destination",
        response_code: "200",
      },
      T0,
      20,
    );
    expect(values(store, errorRate)).toEqual([0, undefined, undefined]);
  });

  test("p95 merges all pods of an interval", () => {
    const store = new MetricStore();
    const metric = "istio.mesh.request.duration.milliseconds";
    const tags = { kube_namespace: "production", destination_workload: "lms-green" };
    const fast = Array.from({ length: 90 }, () => 100);
    store.addDistribution(metric, { ...tags, reporter: "source", pod: "a" }, T0, sketchOf(...fast));
    const slow = Array.from({ length: 10 }, () => 700);
    store.addDistribution(metric, { ...tags, reporter: "source", pod: "b" }, T0, sketchOf(...slow));
    const [first, second] =
      values(store, `p95:${metric}{${GREEN} AND reporter:source}.rollup(max, 60)`) ?? [];
    expect(Math.abs((first ?? NaN) - 700) / 700).toBeLessThan(0.02);
    expect(second).toBeUndefined();
    const short = values(store, `p95:${metric}{${GREEN} AND reporter:source}.rollup(60)`);
    expect(short?.[0]).toBe(first);
  });

  test("cpu and memory", () => {
    const store = new MetricStore();
    const tags = { kube_namespace: "production", kube_deployment: "lms-green" };
    store.addGauge("kubernetes.cpu.usage.total", { ...tags, pod_name: "a" }, T0, 0.2e9);
    store.addGauge("kubernetes.cpu.usage.total", { ...tags, pod_name: "a" }, T0 + 1, 0.4e9);
    store.addGauge("kubernetes.cpu.usage.total", { ...tags, pod_name: "b" }, T0, 0.5e9);
    for (const pod_name of ["a", "b"]) {
      store.addGauge("kubernetes.cpu.limits", { ...tags, pod_name }, T0, 0.5);
      store.addGauge("kubernetes.memory.usage_pct", { ...tags, pod_name }, T0, 0.25);
    }
    const scope = "{kube_namespace:production AND kube_deployment:lms-green}";
    const cpu = `100 * avg:kubernetes.cpu.usage.total${scope} / (avg:kubernetes.cpu.limits${scope} * 1000000000)`;
    // Pod a averages 0.3 cores over the minute, pod b 0.5: 0.4 of 0.5 cores.
    expect(values(store, cpu)?.[0]).toBeCloseTo(80, 9);
    expect(values(store, `100 * max:kubernetes.memory.usage_pct${scope}`)?.[0]).toBe(25);
  });

  test("requests by workload", () =>
    expect(
      answer(
        requests(),
        "sum:istio.mesh.request.count{kube_namespace:production AND reporter:source} by {destination_workload}.as_count()",
      ),
    ).toEqual([
      { group: { destination_workload: "lms-green" }, values: [200, undefined, undefined] },
    ]));
});

/** One gauge `g` of 6 and a count `c` of 4 in the first minute, 0 in the second, nothing in the third. */
const small = (): MetricStore => {
  const store = new MetricStore();
  store.addGauge("g", { env: "prod", zone: "a-1" }, T0, 6);
  store.addGauge("g", { env: "prod", zone: "a-1" }, T0 + MINUTE, 2);
  store.addCount("c", { env: "prod", code: "200" }, T0, 4);
  store.addCount("c", { env: "prod", code: "500" }, T0 + MINUTE, 0);
  return store;
};

test.for([
  ["2 + 3 * sum:g{*}", [20, 8, undefined]],
  ["(2 + 3) * sum:g{*}", [30, 10, undefined]],
  ["10 - sum:g{*} - 1", [3, 7, undefined]],
  ["-sum:g{*} / 2", [-3, -1, undefined]],
  ["abs(sum:g{*} - 4)", [2, 2, undefined]],
  ["sum:g{*} / sum:c{*}.as_count()", [1.5, undefined, undefined]],
  ["default_zero(sum:c{*}.as_count())", [4, 0, 0]],
  ["sum:c{*}", [4, 0, undefined]],
  ["sum:c{*}.as_rate()", [4 / 60, 0, undefined]],
  ["cutoff_min(sum:g{*}, 6)", [6, undefined, undefined]],
  ["cutoff_min(sum:g{*}, 6.01)", [undefined, undefined, undefined]],
  ["cutoff_max(sum:g{*}, 2)", [undefined, 2, undefined]],
  ["sum:g{env:prod,zone:a*}", [6, 2, undefined]],
  ["sum:g{env:prod,!zone:a*}", [undefined, undefined, undefined]],
  ["sum:g{NOT zone:b-1}", [6, 2, undefined]],
  ["sum:g{zone IN (a-1, b-1)}", [6, 2, undefined]],
  ["sum:g{zone NOT IN (a-1)}", [undefined, undefined, undefined]],
  ["sum:c{code:5* OR code:200 AND env:test}.as_count()", [undefined, 0, undefined]],
  ["max:g{*}.rollup(max, 180)", [6]],
  ["avg:g{*}.rollup(avg, 180)", [4]],
  ["sum:nobody.reports.this{*}", [undefined, undefined, undefined]],
] as const)("%s", ([query, expected]) => expect(values(small(), query)).toEqual(expected));

test("NaN stays NaN: it never counts as zero or as a number", () => {
  const store = small();
  store.addCount("c", { env: "prod", code: "500" }, T0 + 1, NaN);
  expect(values(store, "default_zero(sum:c{*}.as_count())")).toEqual([NaN, 0, 0]);
  expect(values(store, "cutoff_min(sum:c{*}.as_count(), 1)")).toEqual([NaN, undefined, undefined]);
});

const events = fc.array(
  fc.record({ at: fc.nat(10 * MINUTE - 1), code: fc.constantFrom("200", "404", "500", "503") }),
);

test("the buckets of a count sum up to what was counted", () =>
  fc.assert(
    fc.property(events, fc.constantFrom(1, 7, 60, 300), (all, seconds) => {
      const store = new MetricStore();
      for (const { at, code } of all) store.addCount("c", { code }, T0 + at, 1);
      const query = `default_zero(sum:c{*}.as_count().rollup(sum, ${seconds}))`;
      const [series] = answer(store, query, T0, T0 + 10 * MINUTE);
      const total = series?.values.reduce<number>((sum, value) => sum + (value ?? NaN), 0);
      return total === all.length;
    }),
  ));

test("a filter and its negation part the series", () =>
  fc.assert(
    fc.property(
      events,
      fc.constantFrom("code:5*", "code IN (200,500)", "code:4*4"),
      (all, filter) => {
        const store = new MetricStore();
        for (const { at, code } of all) store.addCount("c", { code }, T0 + at, 1);
        const count = (scope: string): number => {
          const query = `default_zero(sum:c{${scope}}.as_count().rollup(sum, 600))`;
          return answer(store, query, T0, T0 + 10 * MINUTE)[0]?.values[0] ?? NaN;
        };
        return count(filter) + count(`NOT (${filter})`) === all.length;
      },
    ),
  ));

test.for([
  ["percentile of a gauge", "p95:g{*}", "not a distribution"],
  ["as_count of a gauge", "sum:g{*}.as_count()", "a gauge"],
  ["different groups", "sum:g{*} by {env} / sum:c{*} by {code}", "different groups"],
] as const)("refuses %s", ([, query, reason]) =>
  expect(() => answer(small(), query)).toThrow(reason),
);
