import type { LoadBalancing } from "../../world/cloudflare/load-balancing.ts";
import { balancerBody, monitorBody, poolBody } from "../../world/cloudflare/objects.ts";
import type { Interruptions } from "../interruptions.ts";
import { startProvider, type RunningProvider } from "../provider-server.ts";
import { apiObject } from "./api-object.ts";
import { balancerInputs, monitorInputs, poolInputs } from "./inputs.ts";
import { checkCloudflareConfig, configureCloudflare } from "./provider-config.ts";

/** Version of `@pulumi/cloudflare` whose inputs the stand-ins check. */
export const CLOUDFLARE_PACKAGE_VERSION = "6.22.1";

const monitor = apiObject({
  type: "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor",
  inputs: monitorInputs,
  body: monitorBody,
  owner: "accountId",
  collectionOf: ({ monitors }) => monitors,
});

const pool = apiObject({
  type: "cloudflare:index/loadBalancerPool:LoadBalancerPool",
  inputs: poolInputs,
  body: poolBody,
  owner: "accountId",
  collectionOf: ({ pools }) => pools,
});

const balancer = apiObject({
  type: "cloudflare:index/loadBalancer:LoadBalancer",
  inputs: balancerInputs,
  body: balancerBody,
  owner: "zoneId",
  collectionOf: ({ balancers }) => balancers,
});

/** Serves what Cloudflare Load Balancing consists of for either engine. */
export const startCloudflareProvider = (
  cloudflare: LoadBalancing,
  interruptions?: Interruptions,
): Promise<RunningProvider> =>
  startProvider({
    package: "cloudflare",
    version: CLOUDFLARE_PACKAGE_VERSION,
    standIns: [monitor, pool, balancer],
    // Until a configuration with the right token comes, nobody may do anything.
    world: { cloudflare, token: undefined },
    checkConfig: checkCloudflareConfig,
    configure: configureCloudflare,
    ...(interruptions === undefined ? {} : { interruptions }),
  });
