import type { CutoverClock } from "../../clock.ts";

/** How far a rollout has come: more pods of the new template, more available, fewer old ones. */
export interface Progress {
  readonly updated: number;
  readonly available: number;
  readonly old: number;
}

const NONE: Progress = { updated: -1, available: -1, old: Number.POSITIVE_INFINITY };

/** Gives a rollout its whole deadline again with each step that it makes, as Kubernetes does. */
export class ProgressDeadline {
  readonly #clock: CutoverClock;
  readonly #expire: () => void;
  #best = NONE;
  #span = 0;
  #pending = new AbortController();

  constructor(clock: CutoverClock, expire: () => void) {
    this.#clock = clock;
    this.#expire = expire;
  }

  /** Begins anew. @param span cutover milliseconds without progress after which it expires. */
  start(span: number): void {
    this.#span = span;
    this.#best = NONE;
    this.#arm();
  }

  note({ updated, available, old }: Progress): void {
    const best = this.#best;
    if (updated <= best.updated && available <= best.available && old >= best.old) return;
    this.#best = {
      updated: Math.max(updated, best.updated),
      available: Math.max(available, best.available),
      old: Math.min(old, best.old),
    };
    this.#arm();
  }

  stop(): void {
    this.#pending.abort();
  }

  #arm(): void {
    this.#pending.abort();
    const pending = new AbortController();
    this.#pending = pending;
    void this.#clock.sleep(this.#span, pending.signal).then(() => {
      if (!pending.signal.aborted) this.#expire();
    });
  }
}
