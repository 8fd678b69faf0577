/**
 * The cutover clock. While time alone must pass (a soak, an alarm's periods, a back-off) it runs
 * `rate` times faster than the wall; while anything works (an update, draining, a rollback) it runs at
 * wall speed. Every process of a rehearsal reads the same clock: its state is three numbers.
 */

/** A clock that every process can follow: at `wallMilliseconds` it showed `cutoverMilliseconds`. */
export interface ClockState {
  /** Wall time of the last change of rate, milliseconds since the epoch. */
  readonly wallMilliseconds: number;
  /** What the cutover clock showed then, milliseconds since the epoch. */
  readonly cutoverMilliseconds: number;
  /** Cutover seconds per wall second, at least 1. */
  readonly rate: number;
}

/** The least time between two beginnings of work that recurs, milliseconds of the wall. */
const leastWall = 15;

/**
 * Rests long enough that work which recurs leaves the machine to others: on a clock that runs thousands of times as fast
 * as the wall, every ten seconds is all the time.
 */
export const breath = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, leastWall).unref());

/** Cutover time at a wall time, both in milliseconds since the epoch. */
export const cutoverTime = (state: ClockState, wallMilliseconds: number): number =>
  state.cutoverMilliseconds + (wallMilliseconds - state.wallMilliseconds) * state.rate;

export class CutoverClock {
  #state: ClockState;
  readonly #listeners = new Set<(state: ClockState) => void>();

  /** @param state where the clock stands; it goes on from there. */
  constructor(state: ClockState) {
    this.#state = state;
  }

  /** A clock that shows `cutoverMilliseconds` now and runs at wall speed. */
  static startingAt(cutoverMilliseconds: number): CutoverClock {
    return new CutoverClock({ wallMilliseconds: Date.now(), cutoverMilliseconds, rate: 1 });
  }

  get state(): ClockState {
    return this.#state;
  }

  /** Cutover time now, milliseconds since the epoch. */
  now(): number {
    return cutoverTime(this.#state, Date.now());
  }

  /** Changes the speed without a jump: the clock shows the same instant before and after. */
  setRate(rate: number): void {
    const wallMilliseconds = Date.now();
    this.follow({
      wallMilliseconds,
      cutoverMilliseconds: cutoverTime(this.#state, wallMilliseconds),
      rate,
    });
  }

  /** Takes over the state of the clock that this one follows. */
  follow(state: ClockState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  /** Calls `listener` after each change of speed; returns the way to stop that. */
  onChange(listener: (state: ClockState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until the clock shows `instant`, whatever its speed does meanwhile. */
  async until(instant: number, signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (): void => {
        clearTimeout(timer);
        stopListening();
        signal?.removeEventListener("abort", finish);
        resolve();
      };
      const arm = (): void => {
        clearTimeout(timer);
        const remaining = (instant - this.now()) / this.#state.rate;
        if (remaining <= 0) finish();
        else timer = setTimeout(arm, Math.min(remaining, 2 ** 31 - 1));
      };
      const stopListening = this.onChange(arm);
      signal?.addEventListener("abort", finish);
      if (signal?.aborted === true) finish();
      else arm();
    });
  }

  /** Waits for a span of cutover time, in milliseconds. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await this.until(this.now() + milliseconds, signal);
  }

  /**
   * Calls `work` every `milliseconds` of cutover time until the returned function is called, but never more often than
   * the wall allows (see {@link breath}).
   */
  every(milliseconds: number, work: () => void | Promise<void>): () => void {
    const stopped = new AbortController();
    void (async () => {
      let next = this.now() + milliseconds;
      for (;;) {
        await this.until(next, stopped.signal);
        if (stopped.signal.aborted) return;
        const rested = breath();
        await work();
        await rested;
        // A run that took longer than the period skips the missed ones instead of piling them up.
        next = Math.max(next + milliseconds, this.now());
      }
    })();
    return () => {
      stopped.abort();
    };
  }
}
