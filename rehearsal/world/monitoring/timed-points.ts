/** Values in order of cutover time, the oldest forgotten after a while. */
export class TimedPoints<Value> {
  readonly #times: number[] = [];
  readonly #values: Value[] = [];
  readonly #retention: number;

  /** @param retention how long a point is kept after it, milliseconds of cutover time. */
  constructor(retention: number) {
    this.#retention = retention;
  }

  get length(): number {
    return this.#times.length;
  }

  /** @param at cutover time, milliseconds since the epoch. */
  add(at: number, value: Value): void {
    const newest = this.#times.at(-1);
    if (newest === undefined || at >= newest) {
      this.#times.push(at);
      this.#values.push(value);
    } else {
      const index = this.#firstFrom(at + 1);
      this.#times.splice(index, 0, at);
      this.#values.splice(index, 0, value);
    }
    this.#forget((newest ?? at) - this.#retention);
  }

  /** Calls `visit` for each point of `[from, to)`, oldest first. */
  forEach(from: number, to: number, visit: (at: number, value: Value) => void): void {
    for (let index = this.#firstFrom(from); index < this.#times.length; index += 1) {
      const at = this.#times[index];
      const value = this.#values[index];
      if (at === undefined || value === undefined || at >= to) return;
      visit(at, value);
    }
  }

  #firstFrom(instant: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? Infinity) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forget(before: number): void {
    const stale = this.#firstFrom(before);
    // Arrays are cut seldom and by much: cutting one point at a time would copy them each time.
    if (stale < 64 || stale < this.#times.length / 8) return;
    this.#times.splice(0, stale);
    this.#values.splice(0, stale);
  }
}
