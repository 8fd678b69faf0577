/** What the counters of one target showed last; turns their readings into increases. */
export class CounterMemory {
  readonly #last = new Map<string, number>();
  #begun: boolean;

  /**
   * @param fromZero whether the target was started while the agent ran: then its first readings count
   *   in full. Otherwise the first scrape only says where the counters stand.
   */
  constructor(fromZero: boolean) {
    this.#begun = fromZero;
  }

  /**
   * Increases since the scrape before of counters that start anew together (one counter, or the
   * buckets of one histogram); `undefined` when there is nothing to compare with.
   */
  increases(readings: ReadonlyMap<string, number>): ReadonlyMap<string, number> | undefined {
    const restarted = [...readings].some(([key, value]) => value < (this.#last.get(key) ?? 0));
    const increases = new Map<string, number>();
    for (const [key, value] of readings) {
      increases.set(key, value - (restarted ? 0 : (this.#last.get(key) ?? 0)));
      if (!Number.isNaN(value)) this.#last.set(key, value);
    }
    return this.#begun ? increases : undefined;
  }

  /** Called after each scrape: from now on, a counter that appears has started from zero. */
  endScrape(): void {
    this.#begun = true;
  }
}
