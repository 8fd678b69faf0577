import { WrongStatus } from "./http-json.ts";

/** Where Datadog answers, and with which keys. */
export interface DatadogConnection {
  /** Address of its API, for example `https://api.datadoghq.eu`. */
  readonly url: string;
  readonly apiKey: string;
  readonly appKey: string;
  readonly timeoutMilliseconds?: number;
}

/** Gives Datadog's answer to a GET. @throws WrongStatus, SyntaxError or the connection's error */
export type DatadogApi = (
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<unknown>;

/**
 * Datadog's API through its official client: addresses, keys and transport are its own. Its classes for each
 * endpoint are left out, as one of them loads eight hundred models of others.
 */
export const datadogApi = async (connection: DatadogConnection): Promise<DatadogApi> => {
  const client = await loadDatadogClient();
  return async (path, query, signal) => {
    const configuration = client.createConfiguration({
      // Named outright, so that DD_SITE cannot send the question elsewhere.
      baseServer: new client.BaseServerConfiguration(connection.url, {}),
      authMethods: { apiKeyAuth: connection.apiKey, appKeyAuth: connection.appKey },
    });
    const request = configuration.getServer("").makeRequestContext(path, client.HttpMethod.GET);
    for (const [name, value] of Object.entries(query)) request.setQueryParam(name, value, "");
    request.setHeaderParam("Accept", "application/json");
    request.setHttpConfig({ signal });
    client.applySecurityAuthentication(configuration, request, ["apiKeyAuth", "appKeyAuth"]);
    const { httpStatusCode, body } = await configuration.httpApi.send(request);
    const text = await body.text();
    if (httpStatusCode !== 200) throw new WrongStatus(httpStatusCode);
    return JSON.parse(text) as unknown;
  };
};

/**
 * The part of the client that every endpoint shares, loaded once: also to ask a loader for what it has loaded
 * takes its time. No source should be blamed for it.
 */
export const loadDatadogClient = () => (loading ??= load());

let loading: ReturnType<typeof load> | undefined;

const load = async () => {
  const [common, configuration, logging] = await Promise.all([
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js"),
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-common/configuration.js"),
    import("@datadog/datadog-api-client/dist/logger.js"),
  ]);
  // It logs whole errors on its own; here they become one line of a verdict.
  const { logger } = logging as { readonly logger: { setLevel(level: "silent"): void } };
  logger.setLevel("silent");
  return {
    createConfiguration: configuration.createConfiguration,
    BaseServerConfiguration: common.BaseServerConfiguration,
    HttpMethod: common.HttpMethod,
    applySecurityAuthentication: configuration.applySecurityAuthentication,
  };
};
