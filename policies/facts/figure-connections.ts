import { join } from "node:path";
import type { DatabaseSource } from "../../definition/fact-sources.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { FigureConnections } from "./figure-reader.ts";
import { givenVariables } from "./given-variables.ts";
import type { DatabaseConnection } from "./postgres-rows.ts";
import type { PrometheusConnection } from "./prometheus-reader.ts";
import { known, unknown, type Reading } from "./reading.ts";
import type { Variables } from "./sources.ts";

type FactSources = SettledSystem["sources"];

/**
 * Where staging and production read figures: at the addresses of the definition, with credentials from the
 * variables that it names.
 * @param checkout folder that paths of the definition begin in
 */
export const figureConnections = (
  { prometheus, databases = {} }: FactSources,
  checkout: string,
  variables: Variables,
): FigureConnections => ({
  prometheus:
    prometheus === undefined
      ? unknown("sources.prometheus does not say where it answers")
      : prometheusAt(prometheus, variables),
  cloudWatch: known({
    by: "credentials",
    endpoint: "https://monitoring.{region}.amazonaws.com",
  }),
  databases: mapped(databases, (_, source) => databaseAt(source, checkout, variables)),
});

/** Where a rehearsal reads them: all on the world's own address, its stores under their names. */
export const figuresOfRehearsal = (
  { databases = {} }: FactSources,
  world: string,
): FigureConnections => ({
  prometheus: known({ url: `${world}/prometheus`, token: undefined }),
  cloudWatch: known({ by: "world", endpoint: `${world}/cloudwatch` }),
  databases: mapped(databases, (store) =>
    known({
      ...{ host: "127.0.0.1", port: Number(new URL(world).port), database: store },
      ...{ user: "rehearsal", password: "rehearsal", tls: "none" },
    }),
  ),
});

const mapped = (
  databases: Readonly<Record<string, Settled<DatabaseSource>>>,
  connect: (store: string, source: Settled<DatabaseSource>) => Reading<DatabaseConnection>,
): FigureConnections["databases"] =>
  Object.fromEntries(
    Object.entries(databases).map(([store, source]) => [store, connect(store, source)]),
  );

const prometheusAt = (
  { address, tokenVariable }: NonNullable<FactSources["prometheus"]>,
  variables: Variables,
): Reading<PrometheusConnection> => {
  if (tokenVariable === undefined) return known({ url: address, token: undefined });
  const given = givenVariables(variables, { token: tokenVariable });
  return given.known ? known({ url: address, ...given.value }) : given;
};

const databaseAt = (
  { host, port = 5_432, database, variables: names, authorities }: Settled<DatabaseSource>,
  checkout: string,
  variables: Variables,
): Reading<DatabaseConnection> => {
  const { user, password } = names;
  const given = givenVariables(variables, { user, password });
  return given.known
    ? known({
        ...{ host, port, database, ...given.value, tls: "verified" },
        ...(authorities !== undefined && { authorities: join(checkout, authorities) }),
      })
    : given;
};
