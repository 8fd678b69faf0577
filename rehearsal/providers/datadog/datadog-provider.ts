import type { DatadogWorld } from "../../world/monitoring/datadog-world.ts";
import type { Interruptions } from "../interruptions.ts";
import { startProvider, type ProviderOptions, type RunningProvider } from "../provider-server.ts";
import { dashboardJson } from "./dashboard-json.ts";
import type { DatadogAccount } from "./datadog-account.ts";
import { monitor } from "./monitor.ts";
import { slackChannel } from "./slack-channel.ts";
import { checkDatadogConfig, configureDatadog } from "./provider-config.ts";

/** Version of `@pulumi/datadog` whose inputs the stand-ins check. */
export const DATADOG_PACKAGE_VERSION = "5.11.0";

/** What to start for the package `datadog`; also for a server that serves several packages. */
export const datadogPackage = (
  datadog: DatadogWorld,
  interruptions?: Interruptions,
): ProviderOptions<DatadogAccount> => ({
  package: "datadog",
  version: DATADOG_PACKAGE_VERSION,
  standIns: [monitor, dashboardJson, slackChannel],
  // Until a configuration with the right keys comes, nobody may do anything.
  world: { datadog, authorized: false },
  checkConfig: checkDatadogConfig,
  configure: configureDatadog,
  ...(interruptions === undefined ? {} : { interruptions }),
});

/** Serves `datadog.Monitor` and `datadog.DashboardJson` for either engine. */
export const startDatadogProvider = (
  datadog: DatadogWorld,
  interruptions?: Interruptions,
): Promise<RunningProvider> => startProvider(datadogPackage(datadog, interruptions));
