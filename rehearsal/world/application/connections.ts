import type { ApplicationDatabase } from "./example-answers.ts";

/** How long a pool keeps a connection that nobody uses, wall milliseconds; the default of `pg`. */
const idleMilliseconds = 10_000;

/** Connections of one side's pods to its database, of which each pod has a pool. */
export class Connections {
  /** By pod, when each connection that waits in the pool was last used. */
  readonly #idle = new Map<string, number[]>();
  #inUse = 0;

  /** Connections that are open, those in use and those that wait in a pool. */
  open(wallMilliseconds = performance.now()): number {
    const usedAfter = wallMilliseconds - idleMilliseconds;
    let waiting = 0;
    for (const [pod, uses] of this.#idle) {
      const kept = uses.filter((usedAt) => usedAt > usedAfter);
      if (kept.length === 0) this.#idle.delete(pod);
      else this.#idle.set(pod, kept);
      waiting += kept.length;
    }
    return this.#inUse + waiting;
  }

  /** The database as a pod reaches it: each query takes a connection of its pool, or opens another. */
  of(pod: string, database: ApplicationDatabase): ApplicationDatabase {
    return {
      query: async (sql, parameters) => {
        this.#idle.get(pod)?.pop();
        this.#inUse += 1;
        try {
          return await database.query(sql, parameters);
        } finally {
          this.#inUse -= 1;
          this.#idle.set(pod, [...(this.#idle.get(pod) ?? []), performance.now()]);
        }
      },
    };
  }
}
