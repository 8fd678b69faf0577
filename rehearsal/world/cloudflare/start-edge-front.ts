import { rehearsalToken } from "../../../definition/rehearsal-token.ts";
import type { Settled } from "../../../definition/tbd.ts";
import type { CloudflareLoadBalancer } from "../../../definition/traffic.ts";
import { poolWeight } from "../../../definition/pool-weights.ts";
import { startCloudflareProvider } from "../../providers/cloudflare/cloudflare-provider.ts";
import { Gateway } from "../gateway.ts";
import type { PodEndpoint } from "../pods/pod-directory.ts";
import type { FrontOptions, TrafficFront } from "../traffic-front.ts";
import { askOrigin } from "./ask-origin.ts";
import { cloudflareApi } from "./cloudflare-api.ts";
import type { Kept } from "./collection.ts";
import { FollowedRoutes } from "../gateway/followed-routes.ts";
import { edgeRoutes } from "./edge-routes.ts";
import { LoadBalancing } from "./load-balancing.ts";
import type { Balancer } from "./objects.ts";
import { PoolHealth } from "./pool-health.ts";

/** The shortest interval of monitors with Enterprise, seconds: no definition says which plan a zone has. */
const shortestIntervalSeconds = 10;

/** Starts Cloudflare as one load balancer needs it, and its edge before both sides. */
export const startEdgeFront = async (
  { system, directory, random, clock }: FrontOptions,
  route: Settled<CloudflareLoadBalancer>,
): Promise<TrafficFront> => {
  const account = new LoadBalancing({
    clock,
    accountId: route.accountId,
    zone: { id: route.zoneId, name: route.name.split(".").slice(1).join(".") },
    token: rehearsalToken,
    shortestIntervalSeconds,
  });
  const sideAt = (address: string) => (address === route.addresses.green ? "green" : "blue");
  // What stands before a side sends on to its pods that are ready.
  const podsAt = (address: string): readonly PodEndpoint[] =>
    directory.pods.filter(
      ({ ready, origin, side }) => ready && origin !== undefined && side === sideAt(address),
    );
  const health = new PoolHealth(
    account,
    askOrigin((address) => podsAt(address)[0]),
  );
  const { namespace } = system.workload;
  const gateway = await Gateway.start({
    ...{ directory, random },
    routes: new FollowedRoutes(edgeRoutes({ account, health, host: route.name, namespace })),
    endpoints: {
      resolve: ({ host }) => podsAt(host),
      stop: () => {
        health.stop();
      },
    },
    sideOf: ({ host }) => sideAt(host),
  });
  const change = (by: (balancer: Kept<Balancer>) => Partial<Balancer>): void => {
    const balancer = account.balancers.list().find(({ name }) => name === route.name);
    if (balancer === undefined) throw new Error(`there is no load balancer ${route.name}`);
    account.balancers.update(balancer.id, { ...balancer, ...by(balancer) });
  };
  return {
    url: gateway.url,
    adminUrl: gateway.adminUrl,
    applied: () => gateway.applied(),
    setByHand: (weight) => {
      change(({ default_pools, fallback_pool, random_steering }) => ({
        random_steering: {
          ...random_steering,
          pool_weights: Object.fromEntries(
            default_pools.map((pool) => [
              pool,
              poolWeight(pool === fallback_pool ? 100 - weight : weight),
            ]),
          ),
        },
      }));
    },
    take: (marks) => {
      const description = Object.entries(marks).map(([key, value]) => `${key}: ${value}`);
      change(() => ({ description: description.join(", ") }));
    },
    stick: () => {
      change(() => ({ session_affinity: "cookie" }));
    },
    freeze: () => {
      gateway.frozen = true;
    },
    cloud: {
      package: "cloudflare",
      start: (interruptions) => startCloudflareProvider(account, interruptions),
      apis: [{ path: "/cloudflare", handle: cloudflareApi(account, health) }],
      throttle: () => {
        account.limitRate(1, 1);
      },
    },
    stop: () => gateway.stop(),
  };
};
