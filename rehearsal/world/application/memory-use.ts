import type { Behaviour } from "../behaviour.ts";

const MINUTE = 60_000;

/** Memory of one process in percent of its limit: what the version needs, and what it leaks over time. */
export class MemoryUse {
  readonly #startPercent: number;
  readonly #behaviour: () => Behaviour;
  #grown = 0;
  #readAt: number;

  constructor(startPercent: number, behaviour: () => Behaviour, cutoverMilliseconds: number) {
    this.#startPercent = startPercent;
    this.#behaviour = behaviour;
    this.#readAt = cutoverMilliseconds;
  }

  /** Read it often: growth since the last reading follows the behaviour of now. */
  percent(cutoverMilliseconds: number): number {
    const { memoryGrowthPercentPerMinute, memoryCeilingPercent } = this.#behaviour();
    const elapsed = Math.max(0, cutoverMilliseconds - this.#readAt);
    this.#readAt = cutoverMilliseconds;
    const room = Math.max(0, memoryCeilingPercent - this.#startPercent - this.#grown);
    this.#grown += Math.min(room, (memoryGrowthPercentPerMinute * elapsed) / MINUTE);
    return Math.min(100, this.#startPercent + this.#grown);
  }
}
