import { noRoutes, type RouteTable, type WeightedDestination } from "../gateway/route-table.ts";
import type { RoutesInForce } from "../gateway.ts";
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
export class EdgeRoutes implements RoutesInForce {
  readonly problem = undefined;
  readonly #options: EdgeRoutesOptions;
  readonly #stopFollowing: readonly (() => void)[];
  #table = noRoutes;
  #frozen = false;

  constructor(options: EdgeRoutesOptions) {
    this.#options = options;
    const follow = (): void => {
      this.#follow();
    };
    this.#stopFollowing = [options.account.onChange(follow), options.health.onChange(follow)];
    this.#follow();
  }

  get table(): RouteTable {
    return this.#table;
  }

  get frozen(): boolean {
    return this.#frozen;
  }
  set frozen(frozen: boolean) {
    this.#frozen = frozen;
    this.#follow();
  }

  stop(): void {
    for (const stop of this.#stopFollowing) stop();
  }

  #follow(): void {
    if (this.#frozen) return;
    const { account, health, host, namespace } = this.#options;
    const balancer = account.balancers.list().find(({ name }) => name === host);
    if (balancer === undefined) {
      this.#table = { ...noRoutes, namespace };
      return;
    }
    const taking = steered(
      balancer,
      (id) => account.pools.get(id),
      (pool) => health.isHealthy(pool),
    );
    this.#table = {
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
  }
}

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
