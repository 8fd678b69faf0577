import { z } from "zod";

const flag = z.boolean();
const poolsByPlace = z.record(z.string(), z.array(z.string())).nullish();

/** A load balancer as Cloudflare's API lists it, as far as it matters here. */
export const loadBalancer = z.object({
  name: z.string(),
  description: z.string().nullish(),
  modified_on: z.string(),
  enabled: flag.default(true),
  proxied: flag.default(false),
  /** Ids. */
  default_pools: z.array(z.string()),
  steering_policy: z.string().default(""),
  session_affinity: z.string().default(""),
  random_steering: z
    .object({
      default_weight: z.number().min(0).max(1).default(1),
      /** By id. */
      pool_weights: z.record(z.string(), z.number().min(0).max(1)).nullish(),
    })
    .nullish(),
  adaptive_routing: z.object({ failover_across_pools: flag.default(false) }).nullish(),
  rules: z.array(z.object({ disabled: flag.default(false) })).nullish(),
  region_pools: poolsByPlace,
  country_pools: poolsByPlace,
  pop_pools: poolsByPlace,
});
export type ListedBalancer = z.infer<typeof loadBalancer>;

/** The weight of one of its pools, 0 to 1. */
export const weightOf = ({ random_steering: steering }: ListedBalancer, id: string): number =>
  steering?.pool_weights?.[id] ?? steering?.default_weight ?? 1;

/** A pool as Cloudflare's API lists it, as far as it matters here. */
export const pool = z.object({
  id: z.string(),
  name: z.string(),
  enabled: flag.default(true),
  monitor: z.string().nullish(),
  origins: z.array(z.object({ address: z.string(), enabled: flag.default(true) })),
  load_shedding: z.object({ default_percent: z.number().default(0) }).nullish(),
});
export type ListedPool = z.infer<typeof pool>;

/** One side's pool. */
export interface PoolStanding {
  readonly listed: ListedPool;
  /** Where it is to lead, as the definition says. */
  readonly address: string;
  /** Percent. */
  readonly share: number;
  readonly healthy: boolean;
}

/** Why requests do not go by the weights of a load balancer, in words that follow its name. */
export const whyNotByWeights = (
  balancer: ListedBalancer,
  pools: readonly PoolStanding[],
): string | undefined => {
  const affinity = balancer.session_affinity;
  const byPlace = [balancer.region_pools, balancer.country_pools, balancer.pop_pools];
  const reasons: readonly Reason[] = [
    [!balancer.enabled, "is disabled: its host is answered by DNS records, if there are any"],
    [!balancer.proxied, "is not proxied: resolvers hold what they were answered last"],
    [
      balancer.steering_policy !== "random",
      `steers by "${balancer.steering_policy}", not by its weights`,
    ],
    [balancer.default_pools.every((id) => weightOf(balancer, id) === 0), "has no weight above 0"],
    [affinity !== "" && affinity !== "none", `holds users where they are by ${affinity}`],
    [
      balancer.adaptive_routing?.failover_across_pools === true,
      "sends single requests that fail to the other pool",
    ],
    [
      (balancer.rules ?? []).some(({ disabled }) => !disabled),
      "has rules, which may send requests elsewhere",
    ],
    [
      byPlace.some((of) => Object.keys(of ?? {}).length > 0),
      "has pools for single regions, which no weight splits",
    ],
    ...pools.flatMap(reasonsOfPool),
  ];
  return reasons.find(([wrong]) => wrong)?.[1];
};

type Reason = readonly [wrong: boolean, says: string];

const reasonsOfPool = ({ listed, address, share, healthy }: PoolStanding): readonly Reason[] => {
  const { name, enabled, origins, load_shedding: shedding } = listed;
  const leadsTo = origins.filter((origin) => origin.enabled).map((origin) => origin.address);
  return [
    [
      leadsTo.length !== 1 || leadsTo[0] !== address,
      `has a pool ${name} that leads to ${leadsTo.join(" and ") || "nowhere"}, expected ${address}`,
    ],
    [(shedding?.default_percent ?? 0) > 0, `sheds load from pool ${name} to the other`],
    // A pool at weight 0 gets nothing in any case: a sick green stands in no rollback's way.
    [
      share > 0 && !enabled,
      `leaves pool ${name} out, which is disabled: the other gets everything`,
    ],
    [
      share > 0 && !healthy,
      `leaves pool ${name} out, which is not healthy: the other gets everything`,
    ],
  ];
};
