import { describe, expect, test } from "vitest";
import { datadogQuery, measurable, requestCountQuery } from "../../definition/measures.ts";
import { istioMetrics, traceMetrics } from "../../definition/request-metrics.ts";
import {
  callFailures,
  cpuUse,
  errorRate,
  failedRequests,
  measured,
  memoryUse,
  p95Latency,
  spanErrors,
} from "../../definition/thresholds.ts";
import { count, milliseconds, percent } from "../../definition/units.ts";

const green = {
  namespace: "production",
  workload: "lms-green",
  requestMetrics: istioMetrics(),
};
const traced = {
  ...green,
  requestMetrics: traceMetrics({ operation: "fastapi.request", env: "production" }),
};
const options = { periodSeconds: 60, minimumRequests: 20 };
const rest = { breach: "investigate", source: "S1-71" } as const;
const share = { below: percent(1), ...rest };

test("error rate: 5xx answers that the application counted, of all; too few requests have no value", () => {
  const query = datadogQuery(errorRate(share), green, options);
  expect(query).toMatch(/^100 \* default_zero\(.*\) \/ cutoff_min\(.*, 20\)$/);
  expect(query).toContain("reporter:destination AND response_code:5*}");
  expect(query.match(/rollup\(sum, 60\)/g)).toHaveLength(2);
});

test("failed requests: what the gateway saw fail, unanswered requests too", () => {
  const query = datadogQuery(failedRequests(share), green, options);
  expect(query).toContain("reporter:source AND (response_code:5* OR response_code:0)}");
  expect(query).not.toContain("reporter:destination");
});

test("response time: p95 as the gateway saw it, in milliseconds", () =>
  expect(datadogQuery(p95Latency({ below: milliseconds(500), ...rest }), green, options)).toMatch(
    /^p95:istio\.mesh\.request\.duration\.milliseconds\{.*reporter:source\}/,
  ));

test("CPU and memory are percentages of the limits", () => {
  expect(datadogQuery(cpuUse(share), green, options)).toMatch(/^100 \* .* \/ \(.*limits/);
  expect(datadogQuery(memoryUse(share), green, options)).toMatch(/^100 \* max:/);
});

test("every measure asks for one side only", () => {
  for (const threshold of [
    errorRate(share),
    failedRequests(share),
    p95Latency({ below: milliseconds(500), ...rest }),
    cpuUse(share),
    memoryUse(share),
  ]) {
    const scopes = datadogQuery(threshold, green, options).match(/\{[^}]*\}/g) ?? [];
    expect(scopes.length).toBeGreaterThan(0);
    for (const scope of scopes) {
      expect(scope).toContain("kube_namespace:production");
      expect(scope).toContain("lms-green");
    }
  }
});

test("a measure of the system's own has its side filled in, wherever it is named", () =>
  expect(
    datadogQuery(
      measured(
        {
          name: "lag",
          title: "Lag",
          query: "max:a{ns:{namespace}} / max:b{app:{workload},ns:{namespace}}",
        },
        share,
      ),
      green,
      options,
    ),
  ).toBe("max:a{ns:production} / max:b{app:lms-green,ns:production}"));

test("requests of one side, as the gateway counted them", () =>
  expect(requestCountQuery(green, 60)).toMatch(
    /^sum:istio\.mesh\.request\.count\{.*destination_workload:lms-green AND reporter:source\}.*\.rollup\(sum, 60\)$/,
  ));

describe("where traces count the requests", () => {
  const scope = "env:production AND service:lms-green";

  test("error rate: spans that ended in an error among all of the operation", () =>
    expect(datadogQuery(errorRate(share), traced, options)).toBe(
      `100 * default_zero(sum:trace.fastapi.request.errors{${scope}}.rollup(sum, 60)) / ` +
        `cutoff_min(sum:trace.fastapi.request.hits{${scope}}.rollup(sum, 60), 20)`,
    ));

  test("response time: p95 of the spans, in milliseconds, as Datadog keeps seconds", () =>
    expect(datadogQuery(p95Latency({ below: milliseconds(500), ...rest }), traced, options)).toBe(
      `1000 * p95:trace.fastapi.request{${scope}}.rollup(max, 60)`,
    ));

  test("requests are the operation's hits", () =>
    expect(requestCountQuery(traced, 10)).toBe(
      `sum:trace.fastapi.request.hits{${scope}}.rollup(sum, 10)`,
    ));

  test("CPU and memory are asked as ever", () => {
    for (const threshold of [cpuUse(share), memoryUse(share)]) {
      expect(datadogQuery(threshold, traced, options)).toBe(
        datadogQuery(threshold, green, options),
      );
    }
  });

  const checkouts = callFailures(
    { name: "checkout-failures", title: "Failed checkouts", method: "POST", path: "/checkout" },
    share,
  );
  const payments = spanErrors(
    { name: "payment-errors", title: "Payment errors", span: "payment.charge" },
    { below: count(1), ...rest },
  );

  test("failures of one call: its errors, of so many calls of its own", () =>
    expect(datadogQuery(checkouts, traced, options)).toBe(
      `100 * default_zero(sum:trace.fastapi.request.errors{${scope} AND resource_name:post_/checkout}.rollup(sum, 60)) / ` +
        `cutoff_min(sum:trace.fastapi.request.hits{${scope} AND resource_name:post_/checkout}.rollup(sum, 60), 20)`,
    ));

  test("errors of one kind of span: none is 0 where requests were answered", () =>
    expect(datadogQuery(payments, traced, options)).toBe(
      `default_zero(sum:trace.payment.charge.errors{${scope}}.rollup(sum, 60)) + ` +
        `0 * cutoff_min(sum:trace.fastapi.request.hits{${scope}}.rollup(sum, 60), 20)`,
    ));

  test("only traces tell one kind of work from the rest", () => {
    for (const threshold of [checkouts, payments]) {
      expect(() => datadogQuery(threshold, green, options)).toThrow(TypeError);
    }
  });

  test("failed requests cannot be told: only what sends requests sees those that never arrive", () => {
    expect(measurable(istioMetrics())).toContain("failed-requests");
    expect(measurable(traced.requestMetrics)).not.toContain("failed-requests");
    expect(() => datadogQuery(failedRequests(share), traced, options)).toThrow(TypeError);
  });
});
