import { cutoverTime, type ClockState, type CutoverClock } from "../clock.ts";

/**
 * What the cutover clock showed at any wall time since this began. Stamps of another process are mapped
 * here: a copy of the clock over there would be late by milliseconds, which a fast clock makes seconds.
 */
export class ClockHistory {
  readonly #states: ClockState[];
  readonly #stopFollowing: () => void;

  constructor(clock: CutoverClock) {
    this.#states = [clock.state];
    this.#stopFollowing = clock.onChange((state) => {
      this.#states.push(state);
    });
  }

  /** Cutover milliseconds at a wall time in milliseconds since the epoch. */
  at(wallMilliseconds: number): number {
    const state =
      this.#states.findLast((each) => each.wallMilliseconds <= wallMilliseconds) ?? this.#states[0];
    return state === undefined ? wallMilliseconds : cutoverTime(state, wallMilliseconds);
  }

  stop(): void {
    this.#stopFollowing();
  }
}
