import { expect, test } from "vitest";
import { parseQuery } from "../../../../../rehearsal/world/monitoring/query/parse-query.ts";
import { QueryError } from "../../../../../rehearsal/world/monitoring/query/query-error.ts";

test("reads every part of a metric query", () =>
  expect(parseQuery("sum:a.b_c{ env:prod } by {x,y}.as_count().rollup(sum, 60)")).toEqual({
    is: "metric",
    space: "sum",
    metric: "a.b_c",
    filter: { is: "tag", key: "env", pattern: "prod" },
    scope: "env:prod",
    by: ["x", "y"],
    modifier: "as_count",
    rollup: { aggregator: "sum", seconds: 60 },
  }));

test.for([
  ["", "expected an aggregator"],
  ["100", "at least one metric"],
  ["median:a{*}", 'found "median"'],
  ["sum:a", 'expected "{" at 5'],
  ["sum:a{}", "a tag `key:value`"],
  ["sum:a{env}", '":" after the tag key "env"'],
  ["sum:a{env:prod AND}", "a tag `key:value`"],
  ["sum:a{(env:prod}", 'expected ")"'],
  ["sum:a{*", 'expected "}"'],
  ["sum:a{*}.fill(zero)", 'unknown function ".fill()"'],
  ["sum:a{*}.rollup(count, 60)", "how to roll up"],
  ["sum:a{*}.rollup(sum, 0)", "whole seconds"],
  ["sum:a{*}.rollup(sum, 60).as_count()", "must stand before rollup"],
  ["p95:a{*}.as_count()", "as_count of a percentile"],
  ["sum:a{*}.rollup(sum, 60) / sum:b{*}.rollup(sum, 30)", "different rollup intervals"],
  ["clamp_min(sum:a{*}, 2)", "default_zero, abs"],
  ["cutoff_min(sum:a{*})", 'expected ","'],
  ["sum:a{*} sum:b{*}", "expected the end"],
  ["sum:a{*} % 2", "unexpected text"],
] as const)("refuses %s", ([query, reason]) => {
  expect(() => parseQuery(query)).toThrow(QueryError);
  expect(() => parseQuery(query)).toThrow(reason);
});
