import type { Followed } from "../gateway/followed-routes.ts";
import { noRoutes, type WeightedDestination } from "../gateway/route-table.ts";
import { retryPolicy } from "../gateway/retry-policy.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import type { PoolHealth } from "./pool-health.ts";
import { steered, type Steered } from "./steering.ts";

export interface EdgeRoutesOptions {
  readonly account: LoadBalancing;
  readonly health: PoolHealth;
  /** Whose load balancer. */
  readonly host: string;
  /** Of both sides. */
  readonly namespace: string;
}

/** What Cloudflare answers for a host that leads nowhere. */
const originDnsError = 530;
/** What it gives an origin to answer. */
const timeoutMilliseconds = 100_000;

/** The routes of Cloudflare's edge: those of one load balancer, as its pools stand now. */
export const edgeRoutes = ({ account, health, host, namespace }: EdgeRoutesOptions): Followed => ({
  onChange: (listener) => {
    const stops = [account.onChange(listener), health.onChange(listener)];
    return () => {
      for (const stop of stops) stop();
    };
  },
  takeUp: () => {
    const balancer = account.balancers.list().find(({ name }) => name === host);
    if (balancer === undefined) return { ...noRoutes, namespace };
    const taking = steered(
      balancer,
      (id) => account.pools.get(id),
      (pool) => health.isHealthy(pool),
    );
    return {
      namespace,
      resourceVersion: balancer.modified_on,
      routes: [
        {
          name: balancer.name,
          conditional: false,
          destinations: taking.flatMap(originsOf),
          directResponse: undefined,
          nobodyStatus: originDnsError,
          responseHeaders: [],
          timeoutMilliseconds,
          // What stands before a side tries another pod where a request cannot have been served.
          retry: retryPolicy({}),
          matches: () => true,
        },
      ],
    };
  },
});

/** The origins of a pool, by their addresses: they share what it gets by their own weights. */
const originsOf = ({ pool, weight }: Steered): readonly WeightedDestination[] => {
  const origins = pool.origins.filter(({ enabled }) => enabled);
  const total = origins.reduce((sum, origin) => sum + origin.weight, 0);
  return origins.map((origin) => ({
    host: origin.address,
    subset: undefined,
    weight: total === 0 ? 0 : (weight * origin.weight) / total,
    requestHeaders: [],
    responseHeaders: [],
  }));
};
