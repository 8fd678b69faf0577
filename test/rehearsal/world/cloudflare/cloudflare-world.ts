import { onTestFinished } from "vitest";
import { rehearsalToken } from "../../../../definition/rehearsal-token.ts";
import { accountId, zoneId } from "../../../cloudflare-system.ts";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { LoadBalancing } from "../../../../rehearsal/world/cloudflare/load-balancing.ts";
import {
  balancerBody,
  monitorBody,
  poolBody,
  type Balancer,
} from "../../../../rehearsal/world/cloudflare/objects.ts";
import { PoolHealth } from "../../../../rehearsal/world/cloudflare/pool-health.ts";

/** An account without anything in it, of a plan that allows an interval of 15 seconds. */
export const emptyAccount = (): LoadBalancing =>
  new LoadBalancing({
    clock: CutoverClock.startingAt(Date.UTC(2026, 10, 21)),
    accountId,
    zone: { id: zoneId, name: "company.com" },
    token: rehearsalToken,
    shortestIntervalSeconds: 15,
  });

export const blueAddress = "192.0.2.10";
export const greenAddress = "192.0.2.20";

export interface Pair {
  readonly account: LoadBalancing;
  readonly health: PoolHealth;
  /** Ids. */
  readonly blue: string;
  readonly green: string;
  readonly balancer: string;
  /** Status of an origin by its address; one that is not here does not answer. */
  readonly origins: Map<string, number>;
  /** Changes the load balancer as somebody at the dashboard would. */
  readonly change: (by: Partial<Balancer>) => void;
  /** Lets a monitor look once more. */
  readonly look: () => void;
}

/**
 * A load balancer `lms.company.com` with a pool for each side, both of which answer.
 * @param monitored the sides that Cloudflare looks at: green alone, as the component declares it, unless said.
 */
export const pair = (
  weights: { readonly blue: number; readonly green: number },
  monitored: readonly ("blue" | "green")[] = ["green"],
): Pair => {
  const account = emptyAccount();
  const origins = new Map([
    [blueAddress, 200],
    [greenAddress, 200],
  ]);
  const health = new PoolHealth(account, async (address) => origins.get(address));
  onTestFinished(() => {
    health.stop();
  });
  const monitor = account.monitors.create(monitorBody.parse({ path: "/health/ready" }));
  const pool = (side: "blue" | "green", address: string): string =>
    account.pools.create(
      poolBody.parse({
        name: `lms-${side}`,
        origins: [{ name: side, address }],
        ...(monitored.includes(side) && { monitor: monitor.id, check_regions: ["WEU"] }),
      }),
    ).id;
  const [blue, green] = [pool("blue", blueAddress), pool("green", greenAddress)];
  const balancer = account.balancers.create(
    balancerBody.parse({
      name: "lms.company.com",
      description: "Cutover of lms",
      proxied: true,
      default_pools: [blue, green],
      fallback_pool: blue,
      steering_policy: "random",
      random_steering: {
        default_weight: 0,
        pool_weights: { [blue]: weights.blue, [green]: weights.green },
      },
      session_affinity: "none",
    }),
  ).id;
  return {
    ...{ account, health, blue, green, balancer, origins },
    change: (by) => {
      account.balancers.update(balancer, { ...account.balancers.found(balancer), ...by });
    },
    look: () => {
      const { clock } = account;
      clock.follow({
        wallMilliseconds: Date.now(),
        cutoverMilliseconds: clock.now() + 60_000,
        rate: clock.state.rate,
      });
    },
  };
};
