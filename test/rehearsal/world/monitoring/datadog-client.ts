import { createConfiguration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/configuration.js";
import { ServerConfiguration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/servers.js";

export * as v1 from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js";

/** The official client's configuration for a Datadog at `url`; it does not retry. */
export const client = (url: string, apiKey: string, applicationKey: string) =>
  createConfiguration({
    baseServer: new ServerConfiguration(url, {}),
    authMethods: { apiKeyAuth: apiKey, appKeyAuth: applicationKey },
    enableRetry: false,
  });
