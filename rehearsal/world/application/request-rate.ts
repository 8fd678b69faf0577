const SLOT_MILLISECONDS = 100;
const SLOTS = 20;

/** Requests per wall second over the last two seconds. */
export class RequestRate {
  readonly #counts = new Array<number>(SLOTS).fill(0);
  #slot = 0;

  /** Counts one request. */
  mark(wallMilliseconds = performance.now()): void {
    this.#turn(wallMilliseconds);
    const index = this.#slot % SLOTS;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  perSecond(wallMilliseconds = performance.now()): number {
    this.#turn(wallMilliseconds);
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    return (total * 1_000) / (SLOTS * SLOT_MILLISECONDS);
  }

  #turn(wallMilliseconds: number): void {
    const now = Math.floor(wallMilliseconds / SLOT_MILLISECONDS);
    for (let step = Math.max(this.#slot + 1, now - SLOTS + 1); step <= now; step += 1) {
      this.#counts[step % SLOTS] = 0;
    }
    this.#slot = Math.max(this.#slot, now);
  }
}
