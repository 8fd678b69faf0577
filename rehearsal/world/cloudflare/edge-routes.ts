import type { Followed } from "../gateway/followed-routes.ts";
import { noRoutes, type Route, type WeightedDestination } from "../gateway/route-table.ts";
import { retryPolicy } from "../gateway/retry-policy.ts";
import { stickyRoutes } from "../gateway/sticky-routes.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import type { Balancer } from "./objects.ts";
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
/** How long a client is known, unless a load balancer says otherwise: 23 hours. */
const affinitySeconds = 82_800;
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
      routes: withAffinity(balancer, {
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
      }),
    };
  },
});

/**
 * With session affinity, who holds the cookie of an origin goes on to it while its pool takes requests. Who has none yet
 * is steered by the weights; by `ip_cookie`, which the real edge steers by their addresses, too.
 */
const withAffinity = ({ session_affinity }: Balancer, route: Route): readonly Route[] =>
  session_affinity === "cookie" || session_affinity === "ip_cookie"
    ? stickyRoutes(route, { cookieOf: originCookie, seconds: affinitySeconds })
    : [route];

/** The cookie by which the edge knows the origin that a client met; the real one is encrypted. */
const originCookie = ({ host }: WeightedDestination): string =>
  `__cflb=${Buffer.from(host).toString("base64url")}`;

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
