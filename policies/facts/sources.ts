import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rehearsalToken } from "../../definition/rehearsal-token.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Move } from "../move.ts";
import { isRehearsalStack } from "../rehearsal-stack.ts";
import type { AwsConnection } from "./aws-connection.ts";
import type { CloudflareConnection } from "./cloudflare-api.ts";
import type { DatadogConnection } from "./datadog-api.ts";
import { datadogReader, type DatadogReader } from "./datadog-reader.ts";
import { figureConnections, figuresOfRehearsal } from "./figure-connections.ts";
import { figureReader, type FigureConnections, type FigureReader } from "./figure-reader.ts";
import { givenVariables } from "./given-variables.ts";
import type { KubernetesConnection } from "./kubernetes-api.ts";
import { kubernetesReader, type KubernetesReader } from "./kubernetes-reader.ts";
import { peopleReader, type PeopleConnection, type PeopleReader } from "./people-reader.ts";
import { known, unknown, type Reading } from "./reading.ts";
import { schemaReader, type SchemaReader } from "./schema-reader.ts";
import { sideReader, type SideConnection, type SideReader } from "./side-reader.ts";
import { trafficReader, type TrafficReader } from "./traffic-reader.ts";
import { worldClock } from "./world-clock.ts";

/** Where facts come from. */
export interface Sources {
  /** Milliseconds since the epoch. */
  readonly now: () => Promise<Reading<number>>;
  readonly datadog: DatadogReader;
  readonly figures: FigureReader;
  readonly schema: SchemaReader;
  readonly kubernetes: KubernetesReader;
  readonly traffic: TrafficReader;
  readonly sides: SideReader;
  readonly people: PeopleReader;
}

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Addresses and keys, before anything is asked. */
export interface Connections {
  /** Where the clock is read; the wall clock where there is none. */
  readonly world: string | undefined;
  readonly datadog: Reading<DatadogConnection>;
  readonly figures: FigureConnections;
  readonly kubernetes: KubernetesConnection;
  readonly route53: AwsConnection;
  readonly loadBalancing: AwsConnection;
  readonly cloudflare: Reading<CloudflareConnection>;
  readonly sides: SideConnection;
  readonly people: Reading<PeopleConnection>;
}

/** The checkout that these gates run from: what people state about it lies in its `evidence/`. */
const checkout = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Where the facts of a move come from. A rehearsal's all come from its world on this machine. Everything
 * else is fixed by the definition and the checkout: of the variables only the credentials are looked at,
 * and which plan the update keeps to, so none of them can move the clock or replace a source.
 */
export const connectionsFor = (
  { environment, stack }: Pick<Move, "environment" | "stack">,
  { sources }: Pick<SettledSystem, "sources">,
  variables: Variables,
): Reading<Connections> => {
  if (isRehearsalStack(stack) !== (environment === "rehearsal")) {
    return unknown(`stack ${stack} is not for environment ${environment}`);
  }
  const plan = variables["CUTOVER_PLAN"];
  if (environment === "rehearsal") {
    return rehearsal(variables["CUTOVER_WORLD"], sources, peopleOfRehearsal(variables, plan));
  }
  if (variables["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    return unknown("NODE_TLS_REJECT_UNAUTHORIZED is 0: anyone could answer in a source's place");
  }
  return known({
    world: undefined,
    datadog: datadogAt(sources.datadogSite, variables),
    figures: figureConnections(sources, checkout, variables),
    kubernetes: { by: "kubeconfig", server: sources.kubernetesServer },
    route53: { by: "credentials", endpoint: "https://route53.amazonaws.com" },
    loadBalancing: {
      by: "credentials",
      endpoint: "https://elasticloadbalancing.{region}.amazonaws.com",
    },
    cloudflare: cloudflareWith(variables),
    sides: { by: "address" },
    people: known({ evidence: join(checkout, "evidence"), checkout, plan }),
  });
};

const peopleOfRehearsal = (
  { CUTOVER_EVIDENCE: evidence }: Variables,
  plan: string | undefined,
): Reading<PeopleConnection> =>
  evidence !== undefined && isAbsolute(evidence)
    ? known({ evidence, checkout: undefined, plan })
    : unknown(`CUTOVER_EVIDENCE is ${evidence ?? "not set"}, expected a folder's whole path`);

const rehearsal = (
  world: string | undefined,
  sources: SettledSystem["sources"],
  people: Reading<PeopleConnection>,
): Reading<Connections> =>
  world !== undefined && /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(world)
    ? known({
        world,
        datadog: known({ url: `${world}/datadog`, apiKey: "rehearsal", appKey: "rehearsal" }),
        figures: figuresOfRehearsal(sources, world),
        kubernetes: { by: "world", server: `${world}/kubernetes` },
        route53: { by: "world", endpoint: `${world}/route53` },
        loadBalancing: { by: "world", endpoint: `${world}/elbv2` },
        cloudflare: known({ url: `${world}/cloudflare/client/v4`, token: rehearsalToken }),
        sides: { by: "world", url: `${world}/sides` },
        people,
      })
    : unknown(`CUTOVER_WORLD is ${world ?? "not set"}, expected http://127.0.0.1:PORT`);

const datadogAt = (site: string, variables: Variables): Reading<DatadogConnection> => {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(site)) {
    return unknown(`sources.datadogSite is "${site}", which is no host name`);
  }
  const keys = givenVariables(variables, { apiKey: "DD_API_KEY", appKey: "DD_APP_KEY" });
  return keys.known ? known({ url: `https://api.${site}`, ...keys.value }) : keys;
};

/** By the token that the provider takes as well. */
const cloudflareWith = (variables: Variables): Reading<CloudflareConnection> => {
  const given = givenVariables(variables, { token: "CLOUDFLARE_API_TOKEN" });
  return given.known
    ? known({ url: "https://api.cloudflare.com/client/v4", ...given.value })
    : given;
};

/** Readers for these connections. */
export const openSources = ({
  world,
  datadog,
  figures,
  kubernetes,
  route53,
  loadBalancing,
  cloudflare,
  sides,
  people,
}: Connections): Sources => {
  const metrics = openDatadog(datadog);
  return {
    now: async () => (world === undefined ? known(Date.now()) : worldClock(world)),
    datadog: metrics,
    figures: figureReader(metrics, figures),
    schema: schemaReader(figures.databases),
    kubernetes: kubernetesReader(kubernetes),
    traffic: trafficReader({ kubernetes, route53, loadBalancing, cloudflare }),
    sides: sideReader(sides),
    people: openPeople(people),
  };
};

const openDatadog = (datadog: Reading<DatadogConnection>): DatadogReader =>
  datadog.known
    ? datadogReader(datadog.value)
    : { points: async () => datadog, monitorState: async () => datadog };

const openPeople = (people: Reading<PeopleConnection>): PeopleReader =>
  people.known
    ? peopleReader(people.value)
    : {
        evidence: async () => people,
        changeAuthors: async () => people,
        runningPlan: async () => people,
      };

/** Sources that know nothing, each with the same reason. */
export const noSources = (reason: string): Sources => {
  const nothing = async () => unknown(reason);
  return {
    now: nothing,
    datadog: { points: nothing, monitorState: nothing },
    figures: { newest: nothing },
    schema: { revisions: nothing },
    kubernetes: { deployment: nothing, lease: nothing },
    traffic: { route: nothing, names: nothing },
    sides: { answers: nothing },
    people: { evidence: nothing, changeAuthors: nothing, runningPlan: nothing },
  };
};
