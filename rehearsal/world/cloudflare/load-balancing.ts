import type { CutoverClock } from "../../clock.ts";
import { Collection } from "./collection.ts";
import { balancerCheck, monitorCheck, poolCheck } from "./object-checks.ts";
import type { Balancer, Monitor, Pool } from "./objects.ts";
import { CloudflareRefusal } from "./refusal.ts";

export interface LoadBalancingOptions {
  readonly clock: CutoverClock;
  readonly accountId: string;
  readonly zone: { readonly id: string; readonly name: string };
  /** What callers have to show. */
  readonly token: string;
  /** The shortest that monitors may have, seconds: it goes by the plan. */
  readonly shortestIntervalSeconds: number;
}

/** Cloudflare Load Balancing: one account with one zone. */
export class LoadBalancing {
  readonly accountId: string;
  readonly zone: LoadBalancingOptions["zone"];
  readonly token: string;
  readonly clock: CutoverClock;
  readonly monitors: Collection<Monitor>;
  readonly pools: Collection<Pool>;
  readonly balancers: Collection<Balancer>;
  readonly #listeners = new Set<() => void>();
  #made = 0;
  #refusals = { left: 0, retryAfterSeconds: 0 };

  constructor({ clock, accountId, zone, token, shortestIntervalSeconds }: LoadBalancingOptions) {
    this.accountId = accountId;
    this.zone = zone;
    this.token = token;
    this.clock = clock;
    const common = {
      newId: () => this.#newId(),
      now: () => clock.now(),
      onChange: () => {
        for (const listener of [...this.#listeners]) listener();
      },
    };
    this.monitors = new Collection<Monitor>({
      ...common,
      kind: "monitor",
      check: monitorCheck(shortestIntervalSeconds),
      isUsed: (id) => this.pools.list().some(({ monitor }) => monitor === id),
    });
    this.pools = new Collection<Pool>({
      ...common,
      kind: "pool",
      check: poolCheck((id) => this.monitors.get(id) !== undefined),
      isUsed: (id) =>
        this.balancers
          .list()
          .some(({ default_pools, fallback_pool }) =>
            [...default_pools, fallback_pool].includes(id),
          ),
    });
    this.balancers = new Collection<Balancer>({
      ...common,
      kind: "load balancer",
      check: balancerCheck({
        zone: zone.name,
        hasPool: (id) => this.pools.get(id) !== undefined,
        isTaken: (name, id) =>
          this.balancers.list().some((one) => one.name === name && one.id !== id),
      }),
      isUsed: () => false,
    });
  }

  /** Calls `listener` after each change; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Refuses the next calls, as Cloudflare does with a user who has made 1,200 in five minutes. */
  limitRate(calls: number, retryAfterSeconds: number): void {
    this.#refusals = { left: calls, retryAfterSeconds };
  }

  /** Lets one call in. @throws CloudflareRefusal 403 with a wrong token, 429 over the limit. */
  admit(token: string | undefined): void {
    if (token !== this.token) throw new CloudflareRefusal(403, 10000, "Authentication error");
    if (this.#refusals.left === 0) return;
    this.#refusals.left -= 1;
    const { retryAfterSeconds } = this.#refusals;
    const message =
      "More than 1200 requests per 300 seconds reached. Please wait and consider throttling";
    throw new CloudflareRefusal(429, 971, message, retryAfterSeconds);
  }

  #newId(): string {
    this.#made += 1;
    return this.#made.toString(16).padStart(32, "0");
  }
}
