import type { Kept } from "./collection.ts";
import type { Balancer, Pool } from "./objects.ts";

/** A pool that gets requests, and how many in relation to the others. */
export interface Steered {
  readonly pool: Kept<Pool>;
  readonly weight: number;
}

/**
 * Which pools of a load balancer get its requests, as Cloudflare documents it: a disabled or unhealthy pool is
 * left out, and the others share by their weights; the fallback pool serves when none is left, its health
 * unasked. Nothing is documented for weights that are all 0: here all get the same, as with no weights.
 */
export const steered = (
  { enabled, default_pools, fallback_pool, steering_policy, random_steering }: Balancer,
  poolOf: (id: string) => Kept<Pool> | undefined,
  isHealthy: (pool: Kept<Pool>) => boolean,
): readonly Steered[] => {
  if (!enabled) return [];
  const enabledPool = (id: string) => {
    const pool = poolOf(id);
    return pool?.enabled === true ? [pool] : [];
  };
  const pools = default_pools.flatMap(enabledPool).filter(isHealthy);
  if (pools.length === 0) return enabledPool(fallback_pool).map((pool) => ({ pool, weight: 1 }));
  if (steering_policy !== "random") return pools.slice(0, 1).map((pool) => ({ pool, weight: 1 }));
  const { pool_weights, default_weight } = random_steering;
  const weighed = pools.map((pool) => ({ pool, weight: pool_weights[pool.id] ?? default_weight }));
  return weighed.every(({ weight }) => weight === 0)
    ? pools.map((pool) => ({ pool, weight: 1 }))
    : weighed;
};
