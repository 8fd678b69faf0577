import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { cloudWatch, postgres, promQl } from "../../../definition/figure.ts";
import { minutes } from "../../../definition/units.ts";
import { figureReader } from "../../../policies/facts/figure-reader.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";

const now = Date.parse("2026-01-10T22:00:00Z");
const lag = cloudWatch({
  region: "us-west-2",
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  dimensions: {},
  statistic: "Maximum",
});
const reader = figureReader(
  {
    points: async (query) =>
      known([
        { at: now - 60_000, value: query === "max:rows.missing{*}" ? 3 : null },
        { at: now, value: null },
      ]),
    monitorState: async () => unknown("not asked"),
  },
  {
    prometheus: unknown("no Prometheus"),
    cloudWatch: unknown("no CloudWatch"),
    databases: { shop: unknown("SHOP_USER is not set") },
  },
);

test.for([
  ["a text is a query of Datadog's", "max:rows.missing{*}", known({ value: 3, at: now - 60_000 })],
  ["Datadog without a value", "max:nothing{*}", unknown("Datadog has no value for it")],
  ["an expression of Prometheus", promQl("up"), unknown("no Prometheus")],
  ["a metric of CloudWatch", lag, unknown("no CloudWatch")],
  ["a store", postgres({ store: "shop", sql: "SELECT 1" }), unknown("SHOP_USER is not set")],
  [
    "a store that nobody declared",
    postgres({ store: "other", sql: "SELECT 1" }),
    unknown("nothing says where other is reached"),
  ],
] as const)("%s is asked at its source", async ([, query, reading]) =>
  expect(await reader.newest({ query, notOlderThan: minutes(5) }, now)).toEqual(reading),
);

test("who reads figures of Datadog alone loads no other client", () => {
  const sources = pathToFileURL("policies/facts/sources.ts").href;
  const program = `
    await import(${JSON.stringify(sources)});
    const { default: module } = await import("node:module");
    console.log(Object.keys(module._cache).join("\\n"));
  `;
  const loaded = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", program],
    { encoding: "utf8" },
  );
  expect(loaded).not.toMatch(/node_modules\/(pg|@aws-sdk)\//);
});
