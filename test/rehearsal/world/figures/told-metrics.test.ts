import { describe, expect, test } from "vitest";
import { count, minutes, percent } from "../../../../definition/units.ts";
import { measured } from "../../../../definition/thresholds.ts";
import { settle } from "../../../../definition/tbd.ts";
import { isToldMetric, ToldMetrics } from "../../../../rehearsal/world/figures/told-metrics.ts";
import { MetricStore } from "../../../../rehearsal/world/monitoring/metric-store.ts";
import { evaluate } from "../../../../rehearsal/world/monitoring/query/evaluate.ts";
import { wholeSpan } from "../../../../rehearsal/world/monitoring/query/grid.ts";
import { parseQuery } from "../../../../rehearsal/world/monitoring/query/parse-query.ts";
import { lms } from "../../../../stacks/lms.ts";
import { rawdog } from "../../../../stacks/rawdog.ts";
import { supabase } from "../../../../stacks/supabase.ts";

const lag = "max:queue.lag{queue:orders AND env:production}";
const failed = "100 * sum:mail.failed{service:{workload}}.as_count() / sum:mail.sent{*}.as_count()";
const system = settle(
  {
    ...lms,
    dataChecks: [
      {
        ...{ name: "lag", title: "Lag", query: lag, source: "S2-1" },
        ...{ limit: { below: count(1) }, notOlderThan: minutes(5) },
      },
    ],
    thresholds: [
      ...lms.thresholds,
      measured(
        { name: "mail", title: "Mail that failed", query: failed },
        { below: percent(1), breach: "investigate", source: "S2-2" },
      ),
    ],
  },
  { rehearsal: true, file: "stacks/lms.ts" },
);

/** What a query of Datadog answers once the agent has learned what is told. */
const answered = (told: ToldMetrics, query: string): readonly (number | undefined)[] => {
  const store = new MetricStore();
  for (const reading of told.readings()) {
    if (reading.kind === "count")
      store.addCount(reading.metric, reading.tags, 1_000, reading.value);
    if (reading.kind === "gauge")
      store.addGauge(reading.metric, reading.tags, 1_000, reading.value);
  }
  const [series] = evaluate(parseQuery(query), store, wholeSpan(0, 60_000));
  return series?.values ?? [];
};

describe("a metric of the plan's own that no part of a rehearsal reports", () => {
  test("has a value that is within its limit, on either side", () => {
    const told = new ToldMetrics(system);
    expect(answered(told, lag)).toEqual([0]);
    expect(answered(told, failed.replace("{workload}", "lms-green"))).toEqual([0]);
  });

  test("has another one once somebody tells it", () => {
    const told = new ToldMetrics(system);
    told.tell(lag, 3);
    expect(answered(told, lag)).toEqual([3]);
  });

  test("has none under tags that nobody asks for", () => {
    expect(answered(new ToldMetrics(system), "max:queue.lag{queue:mails}")).toEqual([undefined]);
  });
});

test.for([lms, rawdog, supabase])("$name asks for nothing of the kind", (definition) => {
  const settled = settle(definition, { rehearsal: true, file: `stacks/${definition.name}.ts` });
  expect(new ToldMetrics(settled).readings()).toEqual([]);
});

test.for([
  [lag, true],
  ["avg:sync.mismatches{*}", false],
  ["sum:trace.http.request.hits{service:shop}.rollup(sum, 60)", false],
  [`${lag} / 2`, false],
  ["not a query", false],
] as const)("%s can be told: %s", ([query, expected]) => {
  expect(isToldMetric(query)).toBe(expected);
});
