import { setTimeout as wait } from "node:timers/promises";

/** A shorter wait is not worth a timer, milliseconds. */
const leastWait = 1;

/**
 * How long an application takes for one answer. What the timers of a busy machine oversleep is the machine's and not
 * the application's, which has the times of its example.
 */
export class AnswerTime {
  readonly #began = performance.now();
  #overslept = 0;

  /** Waits until so many milliseconds after the beginning. */
  async reach(milliseconds: number): Promise<void> {
    const until = this.#began + milliseconds;
    const remaining = until - performance.now();
    if (remaining <= leastWait) return;
    await wait(remaining);
    this.#overslept += Math.max(0, performance.now() - until);
  }

  /** Up to now. */
  milliseconds(): number {
    return performance.now() - this.#began - this.#overslept;
  }
}
