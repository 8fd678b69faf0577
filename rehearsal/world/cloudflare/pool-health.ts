import type { Kept } from "./collection.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import type { Monitor, Pool } from "./objects.ts";

/** Asks an origin once. Gives the status, or undefined where nobody answers in time. */
export type AskOrigin = (address: string, monitor: Monitor) => Promise<number | undefined>;

interface Watch {
  /** What it was made for: another monitor or another origin needs another watch. */
  readonly of: string;
  readonly origins: Map<string, OriginHealth>;
  readonly stop: () => void;
}

interface OriginHealth {
  readonly healthy: boolean;
  /** Checks in a row that disagreed with it. */
  readonly against: number;
}

/** What Cloudflare's monitors find, all regions taken as one. An origin is down until it was found to be up. */
export class PoolHealth {
  readonly #account: LoadBalancing;
  readonly #ask: AskOrigin;
  readonly #listeners = new Set<() => void>();
  readonly #watches = new Map<string, Watch>();
  readonly #stopFollowing: () => void;

  constructor(account: LoadBalancing, ask: AskOrigin) {
    this.#account = account;
    this.#ask = ask;
    this.#stopFollowing = account.onChange(() => {
      this.#follow();
    });
    this.#follow();
  }

  /** Calls `listener` when the health of an origin is another; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a pool takes requests; one without a monitor always does. */
  isHealthy({ id, monitor, origins, minimum_origins }: Kept<Pool>): boolean {
    if (monitor === null) return true;
    const watch = this.#watches.get(id);
    const up = origins.filter(({ address }) => watch?.origins.get(address)?.healthy === true);
    return up.length >= Math.max(1, minimum_origins);
  }

  /** Health by address of origin; nothing while nobody has looked. */
  found(poolId: string): ReadonlyMap<string, OriginHealth> {
    return this.#watches.get(poolId)?.origins ?? new Map();
  }

  stop(): void {
    this.#stopFollowing();
    for (const { stop } of this.#watches.values()) stop();
  }

  #follow(): void {
    const watched = this.#account.pools.list().filter(({ enabled }) => enabled);
    for (const id of this.#watches.keys()) {
      if (!watched.some((pool) => pool.id === id && pool.monitor !== null)) this.#unwatch(id);
    }
    for (const pool of watched) {
      const monitor = this.#account.monitors.get(pool.monitor ?? "");
      if (monitor === undefined) continue;
      const of = JSON.stringify([monitor, pool.origins]);
      if (this.#watches.get(pool.id)?.of === of) continue;
      this.#unwatch(pool.id);
      this.#watches.set(pool.id, this.#watch(of, pool, monitor));
    }
  }

  #unwatch(id: string): void {
    this.#watches.get(id)?.stop();
    this.#watches.delete(id);
  }

  #watch(of: string, pool: Pool, monitor: Monitor): Watch {
    const origins = new Map<string, OriginHealth>();
    let stopped = false;
    const look = async (): Promise<void> => {
      await Promise.all(
        pool.origins.map(async ({ address }) => {
          const status = await this.#ask(address, monitor);
          if (!stopped) this.#note(origins, address, monitor, fits(monitor, status));
        }),
      );
    };
    void look();
    const stopLooking = this.#account.clock.every(1_000 * monitor.interval, look);
    return {
      of,
      origins,
      stop: () => {
        stopped = true;
        stopLooking();
      },
    };
  }

  #note(origins: Map<string, OriginHealth>, address: string, monitor: Monitor, up: boolean): void {
    const before = origins.get(address);
    const against = before === undefined || before.healthy === up ? 0 : before.against + 1;
    const needed = up ? monitor.consecutive_up : monitor.consecutive_down;
    const turns = before === undefined || against >= Math.max(1, needed);
    origins.set(address, turns ? { healthy: up, against: 0 } : { ...before, against });
    if (before?.healthy === origins.get(address)?.healthy) return;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether a status is one of those expected: `200`, `200, 302` or `2xx`. */
const fits = ({ expected_codes }: Monitor, status: number | undefined): boolean =>
  expected_codes
    .split(",")
    .some((code) => new RegExp(`^${code.trim().replaceAll("x", "\\d")}$`).test(String(status)));
