import type { SettledSystem } from "../../definition/system.ts";
import type { Move } from "../move.ts";
import { isRehearsalStack } from "../rehearsal-stack.ts";
import type { DatadogConnection } from "./datadog-api.ts";
import { datadogReader, type DatadogReader } from "./datadog-reader.ts";
import type { KubernetesConnection } from "./kubernetes-api.ts";
import { kubernetesReader, type KubernetesReader } from "./kubernetes-reader.ts";
import { known, unknown, type Reading } from "./reading.ts";
import { worldClock } from "./world-clock.ts";

/** Where facts come from. */
export interface Sources {
  /** Milliseconds since the epoch. */
  readonly now: () => Promise<Reading<number>>;
  readonly datadog: DatadogReader;
  readonly kubernetes: KubernetesReader;
}

/** Environment variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Addresses and keys, before anything is asked. */
export interface Connections {
  /** Where the clock is read; the wall clock where there is none. */
  readonly world: string | undefined;
  readonly datadog: Reading<DatadogConnection>;
  readonly kubernetes: KubernetesConnection;
}

/**
 * Where the facts of a move come from. A rehearsal's all come from its world on this machine. Everything
 * else is fixed by the definition: of the variables only the credentials are looked at, so none of them
 * can move the clock or replace a source.
 */
export const connectionsFor = (
  { environment, stack }: Pick<Move, "environment" | "stack">,
  { sources }: Pick<SettledSystem, "sources">,
  variables: Variables,
): Reading<Connections> => {
  if (isRehearsalStack(stack) !== (environment === "rehearsal")) {
    return unknown(`stack ${stack} is not for environment ${environment}`);
  }
  if (environment === "rehearsal") return rehearsal(variables["CUTOVER_WORLD"]);
  if (variables["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    return unknown("NODE_TLS_REJECT_UNAUTHORIZED is 0: anyone could answer in a source's place");
  }
  return known({
    world: undefined,
    datadog: datadogAt(sources.datadogSite, variables),
    kubernetes: { by: "kubeconfig", server: sources.kubernetesServer },
  });
};

const rehearsal = (world: string | undefined): Reading<Connections> =>
  world !== undefined && /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(world)
    ? known({
        world,
        datadog: known({ url: `${world}/datadog`, apiKey: "rehearsal", appKey: "rehearsal" }),
        kubernetes: { by: "world", server: `${world}/kubernetes` },
      })
    : unknown(`CUTOVER_WORLD is ${world ?? "not set"}, expected http://127.0.0.1:PORT`);

const datadogAt = (site: string, variables: Variables): Reading<DatadogConnection> => {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(site)) {
    return unknown(`sources.datadogSite is "${site}", which is no host name`);
  }
  const apiKey = variables["DD_API_KEY"] ?? "";
  const appKey = variables["DD_APP_KEY"] ?? "";
  return apiKey === "" || appKey === ""
    ? unknown(`${apiKey === "" ? "DD_API_KEY" : "DD_APP_KEY"} is not set`)
    : known({ url: `https://api.${site}`, apiKey, appKey });
};

/** Readers for these connections. */
export const openSources = ({ world, datadog, kubernetes }: Connections): Sources => ({
  now: async () => (world === undefined ? known(Date.now()) : worldClock(world)),
  datadog: datadog.known
    ? datadogReader(datadog.value)
    : { points: async () => datadog, monitorState: async () => datadog },
  kubernetes: kubernetesReader(kubernetes),
});

/** Sources that know nothing, each with the same reason. */
export const noSources = (reason: string): Sources => {
  const nothing = async () => unknown(reason);
  return {
    now: nothing,
    datadog: { points: nothing, monitorState: nothing },
    kubernetes: { route: nothing, deployment: nothing },
  };
};
