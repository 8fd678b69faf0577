import type { Route53World } from "../../world/dns/route53-api.ts";
import type { Interruptions } from "../interruptions.ts";
import { startProvider, type RunningProvider } from "../provider-server.ts";
import { healthCheck } from "./health-check.ts";
import { checkAwsConfig, configureAws } from "./provider-config.ts";
import { record } from "./record.ts";

/** Version of `@pulumi/aws` whose inputs the stand-ins check. */
export const AWS_PACKAGE_VERSION = "7.48.0";

/** Serves `aws.route53.Record` and `aws.route53.HealthCheck` for either engine. */
export const startAwsProvider = (
  route53: Route53World,
  interruptions?: Interruptions,
): Promise<RunningProvider> =>
  startProvider({
    package: "aws",
    version: AWS_PACKAGE_VERSION,
    standIns: [record, healthCheck],
    // Until a configuration with the right key comes, nobody may do anything.
    world: { route53, authorized: false },
    checkConfig: checkAwsConfig,
    configure: configureAws,
    ...(interruptions === undefined ? {} : { interruptions }),
  });
