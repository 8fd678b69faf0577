import { expect, test } from "vitest";
import {
  cloudWatch,
  figureSource,
  postgres,
  promQl,
  type FigureQuery,
} from "../../definition/figure.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import { count, minutes } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { intelliflow } from "./plans/intelliflow.ts";
import { nxop } from "./plans/nxop.ts";

const lag = cloudWatch({
  region: "eu-central-1",
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  dimensions: { DBClusterIdentifier: "west" },
  statistic: "Maximum",
});
/** What a person reads whose plan has this figure. */
const linesOf = (query: unknown): readonly string[] =>
  planProblems({
    ...lms,
    dataChecks: [
      {
        ...{ name: "missing", title: "Rows missing", source: "an example" },
        ...{ query: query as FigureQuery, limit: { below: count(1) }, notOlderThan: minutes(5) },
      },
    ],
  }).map(({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`);

test("a query of each source is right, and plans have them", () => {
  for (const query of [
    "max:rows.missing{*}",
    promQl("sum(rows_missing)"),
    lag,
    postgres({ store: "lms", sql: "SELECT count(*) FROM leave_requests" }),
  ]) {
    expect(linesOf(query)).toEqual([]);
  }
  expect(planProblems(nxop)).toEqual([]);
  expect(planProblems(intelliflow)).toEqual([]);
});

test.for([
  ["nothing", "", 'dataChecks.missing.query is "", expected a text'],
  [
    "an unknown source",
    { source: "graphite" },
    'dataChecks.missing.query is {"source":"graphite"}, expected a query as a text, promQl, cloudWatch or postgres',
  ],
  [
    "an empty expression",
    promQl(" "),
    'dataChecks.missing.query.expression is " ", expected a text',
  ],
  [
    "a region that would be another host",
    { ...lag, region: "evil.example/" },
    'dataChecks.missing.query.region is "evil.example/", expected a region, for example eu-central-1',
  ],
  [
    "a statistic that CloudWatch does not have",
    { ...lag, statistic: "Newest" },
    'dataChecks.missing.query.statistic is "Newest", expected Average or Maximum or Minimum or SampleCount or Sum',
  ],
  [
    "no SQL",
    postgres({ store: "lms", sql: "" }),
    'dataChecks.missing.query.sql is "", expected a text',
  ],
  [
    "two statements",
    postgres({ store: "lms", sql: "SELECT 1; DROP TABLE leave_requests" }),
    "expected one statement, without a semicolon",
  ],
  [
    "a statement that writes",
    postgres({ store: "lms", sql: "DELETE FROM leave_requests" }),
    "expected a statement that begins with SELECT or WITH",
  ],
] as const)("%s is refused in one line", ([, query, line]) => {
  expect(linesOf(query)[0]).toContain(line);
});

test("where a figure is read is said in words", () => {
  expect(figureSource("max:rows.missing{*}")).toBe("Datadog, max:rows.missing{*}");
  expect(figureSource(promQl("up"))).toBe("Prometheus, up");
  expect(figureSource(lag)).toBe(
    "CloudWatch in eu-central-1, Maximum of AWS/DocDB GlobalClusterReplicationLag",
  );
  expect(figureSource(postgres({ store: "lms", sql: "SELECT 1" }))).toBe("lms, SELECT 1");
});
