import type { Interruptions } from "../interruptions.ts";
import { startProvider, type RunningProvider } from "../provider-server.ts";
import type { AwsServices } from "./aws-account.ts";
import { healthCheck } from "./health-check.ts";
import { listenerRule } from "./listener-rule.ts";
import { checkAwsConfig, configureAws } from "./provider-config.ts";
import { record } from "./record.ts";
import { targetGroup } from "./target-group.ts";

/** Version of `@pulumi/aws` whose inputs the stand-ins check. */
export const AWS_PACKAGE_VERSION = "7.48.0";

/** Serves what a mechanism here declares of AWS, for either engine. */
export const startAwsProvider = (
  services: AwsServices,
  interruptions?: Interruptions,
): Promise<RunningProvider> =>
  startProvider({
    package: "aws",
    version: AWS_PACKAGE_VERSION,
    standIns: [record, healthCheck, targetGroup, listenerRule],
    // Until a configuration with the right key comes, nobody may do anything.
    world: { ...services, authorized: false },
    checkConfig: checkAwsConfig,
    configure: configureAws,
    ...(interruptions === undefined ? {} : { interruptions }),
  });
