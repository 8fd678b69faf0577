import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import type { CopiedStore } from "./copied-store.ts";

export interface CopierOptions {
  readonly blue: CopiedStore;
  readonly green: CopiedStore;
  readonly tables: readonly CopiedTable[];
}

/** Changes and rows that are copied at once. */
const batch = 500;

/**
 * Copies between two stores, both ways. Of a changed key it copies what stands there by now, so a change that is
 * copied twice, or late, does no harm, and the same key written on both sides ends equal. One copies at a time, as
 * with a lock in one of the stores.
 */
export class Copier {
  readonly #options: CopierOptions;
  #prepared = false;
  #begun = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: CopierOptions) {
    this.#options = options;
  }

  /** Whether green has everything that is copied: before its migrations, it may not. */
  async prepared(): Promise<boolean> {
    this.#prepared ||= await this.#options.green.prepare();
    return this.#prepared;
  }

  /** Whether blue's rows were copied once. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Copies every row of blue that green lacks and that no waiting change explains. */
  async load(): Promise<void> {
    const { blue, green } = this.#options;
    await this.#alone(async () => {
      await this.#copyLacking(blue, green);
      this.#begun = true;
    });
  }

  /**
   * Copies every row that one store has and the other lacks and that no waiting change explains: what a capture
   * missed, as long as the example removes nothing. A row that both have and that differs stays as it is.
   */
  async reconcile(): Promise<void> {
    const { blue, green } = this.#options;
    await this.#alone(async () => {
      await this.#copyLacking(blue, green);
      await this.#copyLacking(green, blue);
    });
  }

  /** Copies the oldest changes of each store. @returns how many; 0 when none waited. */
  async copyOldest(): Promise<number> {
    const { blue, green } = this.#options;
    return this.#alone(
      async () => (await this.#copyFrom(blue, green)) + (await this.#copyFrom(green, blue)),
    );
  }

  /** Copies until no change waits in either store, or it is told to stop. */
  async drain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.copyOldest()) > 0);
  }

  async #copyLacking(from: CopiedStore, to: CopiedStore): Promise<void> {
    for (const table of this.#options.tables) {
      const keys = await from.keys(table);
      const known = new Set(await to.keys(table));
      const waiting = await waitingKeys(this.#options, table);
      const missing = keys.filter((key) => !known.has(key) && !waiting.has(key));
      for (let first = 0; first < missing.length; first += batch) {
        const rows = await from.read(table, missing.slice(first, first + batch));
        await to.apply(table, [...rows.values()], []);
      }
    }
  }

  async #copyFrom(from: CopiedStore, to: CopiedStore): Promise<number> {
    const changes = await from.waiting(batch);
    const last = changes.at(-1);
    if (last === undefined) return 0;
    for (const table of this.#options.tables) {
      const own = changes.filter((change) => change.table === table.name);
      const keys = [...new Set(own.map(({ key }) => key))];
      if (keys.length === 0) continue;
      const rows = await from.read(table, keys);
      const gone = keys.filter((key) => !rows.has(key));
      await to.apply(table, [...rows.values()], gone);
    }
    await from.copied(last.position);
    return changes.length;
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** Keys of a table with a change that waits in either store. */
export const waitingKeys = async (
  { blue, green }: Pick<CopierOptions, "blue" | "green">,
  { name }: CopiedTable,
): Promise<ReadonlySet<string>> => {
  const changes = [...(await blue.waiting()), ...(await green.waiting())];
  return new Set(changes.filter(({ table }) => table === name).map(({ key }) => key));
};
