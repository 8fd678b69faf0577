import type { RequestOptions } from "node:https";
import { NoAnswer } from "./bounded.ts";
import { getJson, sendJson } from "./http-json.ts";

/** Which cluster is asked. */
export interface KubernetesConnection {
  /**
   * `kubeconfig`: the current cluster of the usual kubeconfig, which must be at `server`.
   * `world`: a rehearsal's, at `server`, without credentials.
   */
  readonly by: "kubeconfig" | "world";
  readonly server: string;
  readonly timeoutMilliseconds?: number;
}

/** Gives what the API server has at a path. @throws NoAnswer, WrongStatus or the connection's error */
export type KubernetesApi = (path: string, signal: AbortSignal) => Promise<unknown>;

/**
 * The API server of a connection. Whoever needs credentials gets them from the official client, with every
 * way to log in that a kubeconfig knows. Its generated code, a thousand modules for a GET or two, is what it
 * takes a second to load; it is loaded for credentials only, which no source should be blamed for.
 */
export const kubernetesApi = async (connection: KubernetesConnection): Promise<KubernetesApi> => {
  const logIn = await logInAt(connection);
  return async (path, signal) =>
    getJson(`${connection.server}${path}`, { ...(await logIn()), signal });
};

/** Creates an object in a collection, or merges into one, at a path. @throws as `KubernetesApi` does */
export type KubernetesWriter = (
  method: "POST" | "PATCH",
  path: string,
  value: unknown,
  signal: AbortSignal,
) => Promise<unknown>;

/** The API server of a connection, for the few writes that no provider makes. */
export const kubernetesWriter = async (
  connection: KubernetesConnection,
): Promise<KubernetesWriter> => {
  const logIn = await logInAt(connection);
  return async (method, path, value, signal) =>
    sendJson(
      `${connection.server}${path}`,
      { ...(await logIn()), method, signal },
      {
        contentType: method === "POST" ? "application/json" : "application/merge-patch+json",
        value,
      },
    );
};

/** Gives what each request needs to be let in; a rehearsal's world lets everybody in. */
const logInAt = async ({
  by,
  server,
}: KubernetesConnection): Promise<() => Promise<RequestOptions>> => {
  if (by === "world") return async () => ({});
  const client = await loadKubernetesClient();
  return () => credentials(client, server);
};

/** The official client. */
export const loadKubernetesClient = () => import("@kubernetes/client-node");

const credentials = async (
  { KubeConfig }: Awaited<ReturnType<typeof loadKubernetesClient>>,
  server: string,
): Promise<RequestOptions> => {
  const config = new KubeConfig();
  config.loadFromDefault();
  const cluster = config.getCurrentCluster();
  if (cluster?.server !== server) {
    throw new NoAnswer(
      `the kubeconfig's current cluster is ${cluster?.server ?? "none"}, not ${server}`,
    );
  }
  if (cluster.skipTLSVerify) {
    throw new NoAnswer(`the kubeconfig does not verify ${server}'s certificate`);
  }
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options;
};
