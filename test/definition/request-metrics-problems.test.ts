import { expect, test } from "vitest";
import { istioMetrics, traceMetrics } from "../../definition/request-metrics.ts";
import { requestMetricsProblems } from "../../definition/request-metrics-problems.ts";
import { defineSystem, type SystemDefinition } from "../../definition/system.ts";
import { callFailures, spanErrors } from "../../definition/thresholds.ts";
import { count, percent } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

const traces = traceMetrics({ operation: "fastapi.request", env: "production" });
const withoutFailed = lms.thresholds.filter(({ measure }) => measure !== "failed-requests");

const problems = (changes: Partial<SystemDefinition>) =>
  requestMetricsProblems({ ...lms, ...changes });

test("Istio's metrics tell every measure, traces those that an application sees", () => {
  expect(problems({ requestMetrics: istioMetrics() })).toEqual([]);
  expect(problems({ requestMetrics: traces, thresholds: withoutFailed })).toEqual([]);
});

test("a threshold on what traces cannot tell is refused when the definition is loaded", () =>
  expect(() => defineSystem({ ...lms, requestMetrics: traces })).toThrow(
    "stacks/lms.ts: thresholds.failed-requests is on failed-requests, which metrics of traces cannot tell, " +
      "expected one of error-rate, p95-latency, cpu, memory, or a query of its own. Nothing changed.",
  ));

test("a comparison of what traces cannot tell is refused", () => {
  const comparison = {
    name: "worse",
    title: "Failed requests",
    measure: "failed-requests",
    worse: "higher",
    tolerance: percent(10),
    leastValues: 8,
    source: "S1-72",
  } as const;
  const changed = { requestMetrics: traces, thresholds: withoutFailed, comparisons: [comparison] };
  expect(problems(changed)).toEqual([expect.objectContaining({ key: "comparisons.worse" })]);
});

test("one kind of work is told by traces only", () => {
  const limit = { breach: "roll back", source: "S1-72" } as const;
  const kinds = [
    callFailures(
      { name: "logins", title: "Logins", method: "POST", path: "/login" },
      { atMost: percent(1), ...limit },
    ),
    spanErrors({ name: "mails", title: "Mails", span: "mail.send" }, { below: count(1), ...limit }),
  ];
  expect(problems({ requestMetrics: traces, thresholds: kinds })).toEqual([]);
  expect(problems({ thresholds: kinds })).toMatchObject([
    {
      key: "thresholds.logins",
      found: "on the failures of one call, which metrics of istio cannot tell",
    },
    {
      key: "thresholds.mails",
      found: "on the errors of one kind of span, which metrics of istio cannot tell",
    },
  ]);
});

test("a query of the system's own is asked wherever requests are counted", () => {
  const [first] = lms.thresholds;
  if (first === undefined) throw new Error("the LMS has thresholds");
  const own = { ...first, measure: { query: "sum:nginx.net.request_per_s{*}" } };
  expect(problems({ requestMetrics: traces, thresholds: [own] })).toEqual([]);
});

test.for([
  ["nothing", undefined],
  ["no operation", { source: "traces", env: "production" }],
  ["an operation that Datadog would write in another way", { ...traces, operation: "GET /x" }],
  ["an environment of capitals", { ...traces, env: "Production" }],
])("%s is refused in one line", ([, requestMetrics]) => {
  const found = problems({ requestMetrics: requestMetrics as never });
  expect(found.map(({ key }) => key)).toEqual(["requestMetrics"]);
});
