import type { Balancer, Monitor, Pool } from "./objects.ts";
import { invalid } from "./refusal.ts";

const longestIntervalSeconds = 3_600;

const inRange = (name: string, value: number, least: number, most: number): void => {
  if (value < least || value > most) throw invalid(`${name} is not in range [${least}, ${most}]`);
};

/** What the API says to a monitor. */
export const monitorCheck =
  (shortestIntervalSeconds: number) =>
  ({ interval, path, expected_codes }: Monitor): void => {
    inRange("interval", interval, shortestIntervalSeconds, longestIntervalSeconds);
    if (!path.startsWith("/")) throw invalid(`path ${path} does not begin with a slash`);
    if (!/^\d(\d\d|xx)(,\s*\d(\d\d|xx))*$/.test(expected_codes)) {
      throw invalid(`expected_codes ${expected_codes} is no list of codes`);
    }
  };

/** What the API says to a pool. */
export const poolCheck =
  (hasMonitor: (id: string) => boolean) =>
  ({ name, origins, monitor, check_regions, minimum_origins }: Pool): void => {
    if (!/^[A-Za-z0-9_-]+$/.test(name))
      throw invalid(`name ${name} has other characters than it may`);
    if (origins.length === 0) throw invalid("origins must not be empty");
    for (const { name: origin, address, weight } of origins) {
      if (address === "") throw invalid(`origin ${origin} has no address`);
      inRange(`weight of origin ${origin}`, weight, 0, 1);
    }
    inRange("minimum_origins", minimum_origins, 0, origins.length);
    if (monitor === null) return;
    if (!hasMonitor(monitor)) throw invalid(`monitor ${monitor} does not exist`);
    if (check_regions === null) {
      throw invalid("check_regions: all data centers are for enterprise customers");
    }
  };

export interface BalancerSurroundings {
  /** Name of the zone. */
  readonly zone: string;
  readonly hasPool: (id: string) => boolean;
  /** Whether another than this one has a host already. */
  readonly isTaken: (name: string, id: string | undefined) => boolean;
}

/** What the API says to a load balancer. */
export const balancerCheck =
  ({ zone, hasPool, isTaken }: BalancerSurroundings) =>
  (balancer: Balancer, id: string | undefined): void => {
    const { name, default_pools, fallback_pool, random_steering, proxied } = balancer;
    if (name !== zone && !name.endsWith(`.${zone}`))
      throw invalid(`name ${name} is not in ${zone}`);
    if (isTaken(name, id)) throw invalid(`a load balancer ${name} exists`);
    if (default_pools.length === 0) throw invalid("default_pools must not be empty");
    for (const pool of [...default_pools, fallback_pool]) {
      if (!hasPool(pool)) throw invalid(`pool ${pool} does not exist`);
    }
    inRange("default_weight", random_steering.default_weight, 0, 1);
    for (const [pool, weight] of Object.entries(random_steering.pool_weights)) {
      inRange(`weight of pool ${pool}`, weight, 0, 1);
      if (!default_pools.includes(pool)) throw invalid(`pool_weights: no pool ${pool}`);
    }
    const affinity = balancer.session_affinity;
    if (!proxied && affinity !== "" && affinity !== "none") {
      throw invalid(`session_affinity ${affinity} needs a proxied load balancer`);
    }
  };
