import { expect, test } from "vitest";
import type { DatabaseSource, FactSources } from "../../definition/fact-sources.ts";
import { factSourceProblems } from "../../definition/fact-source-problems.ts";
import { postgres, promQl, type FigureQuery } from "../../definition/figure.ts";
import { count, minutes } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";

const { sources } = rawdog;
const shop: DatabaseSource = {
  ...{ host: "db.company.com", database: "shop" },
  variables: { user: "SHOP_USER", password: "SHOP_PASSWORD" },
};
/** What a person reads whose system has these sources and this figure. */
const linesOf = (
  changes: Partial<FactSources>,
  query: FigureQuery = "max:rows.missing{*}",
): readonly string[] =>
  factSourceProblems({
    ...rawdog,
    sources: { ...sources, ...changes },
    dataChecks: [
      {
        ...{ name: "missing", title: "Rows missing", query, source: "an example" },
        ...{ limit: { below: count(1) }, notOlderThan: minutes(5) },
      },
    ],
  }).map(({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`);

test("systems whose figures each have a source are right", () => {
  expect(factSourceProblems(rawdog)).toEqual([]);
  expect(factSourceProblems(lms)).toEqual([]);
  expect(
    linesOf({ prometheus: { address: "https://metrics.company.com/prometheus" } }, promQl("up")),
  ).toEqual([]);
});

const withShop = (
  changes: Partial<Record<keyof DatabaseSource, unknown>>,
): Partial<FactSources> => ({
  databases: { ...sources.databases, rawdog: { ...shop, ...changes } as DatabaseSource },
});

test.for<[string, Partial<FactSources>, FigureQuery, string]>([
  [
    "a far Prometheus in the clear",
    { prometheus: { address: "http://metrics.company.com" } },
    "q",
    'sources.prometheus.address is "http://metrics.company.com", expected an address as https://HOST or https://HOST/PATH',
  ],
  [
    "an address that carries credentials",
    { prometheus: { address: "https://me:secret@metrics.company.com" } },
    "q",
    "expected an address as https://HOST",
  ],
  [
    "a token where its variable belongs",
    { prometheus: { address: "https://metrics.company.com", tokenVariable: "s3cret-token" } },
    "q",
    "expected the name of an environment variable",
  ],
  [
    "an expression without a Prometheus",
    {},
    promQl("up"),
    'dataChecks.missing.query is an expression of Prometheus, "up", expected sources.prometheus to say where it answers',
  ],
  [
    "a database that nobody declared",
    withShop({}),
    postgres({ store: "other", sql: "SELECT 1" }),
    'dataChecks.missing.query.store is "other", expected a store that sources.databases says how to reach: rawdog, rawdog_platform',
  ],
  [
    "a database that is none of the system's stores",
    { databases: { ...sources.databases, other: shop } },
    "q",
    'sources.databases is "other", expected one of rawdog, rawdog_platform',
  ],
  [
    "a green store whose revision nobody could read",
    { databases: { rawdog: shop } },
    "q",
    "stores.migration.revision is read in rawdog_platform, expected sources.databases to say how rawdog_platform is reached",
  ],
  ["a host with a scheme", withShop({ host: "postgres://db" }), "q", "expected a host name"],
  ["a port that is none", withShop({ port: 70_000 }), "q", "expected a port up to 65535"],
  [
    "authorities outside of the repository",
    withShop({ authorities: "../../tmp/own.pem" }),
    "q",
    "expected a path within the repository",
  ],
  [
    "authorities anywhere on the machine",
    withShop({ authorities: "/tmp/own.pem" }),
    "q",
    "expected a path within the repository",
  ],
])("%s is refused in one line", ([, changes, query, line]) => {
  const lines = linesOf(changes, query);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(line);
});
