/** How much slower than its example a side may answer before the machine counts as busy. */
const slack = 5;
/** Seconds in a row after which a busy machine gets less to do. */
const patience = 3;
/** Good seconds after which a machine that was busy is given more again. */
const recovery = 60;
/** The least load that still shows where traffic goes. */
const least = 1 / 16;

/** The part of the example's load that this machine carries now, found out from the least on as it goes. */
export class LoadPart {
  readonly #usualMilliseconds: number;
  #part: number = least;
  #ceiling = 1;
  #slow = 0;
  #good = 0;

  /** @param usualMilliseconds what the slowest of 20 answers takes on a machine that is not busy. */
  constructor(usualMilliseconds: number) {
    this.#usualMilliseconds = usualMilliseconds;
  }

  get part(): number {
    return this.#part;
  }

  /**
   * Learns from a second, and changes the part by no more than twice or half.
   * @param p95Milliseconds of that second; null without answers.
   * @param wanted part that would do.
   */
  next(p95Milliseconds: number | null, wanted: number): void {
    const slow = p95Milliseconds !== null && p95Milliseconds > slack * this.#usualMilliseconds;
    this.#slow = slow ? this.#slow + 1 : 0;
    this.#good = slow ? 0 : this.#good + 1;
    if (this.#slow >= patience) {
      this.#slow = 0;
      this.#ceiling = Math.max(least, this.#part / 2);
    } else if (this.#good >= recovery) {
      this.#good = 0;
      this.#ceiling = Math.min(1, this.#ceiling * 2);
    }
    const aim = Math.min(wanted, this.#ceiling);
    if (aim < this.#part) this.#part = aim;
    else if (!slow) this.#part = Math.min(aim, this.#part * 2);
  }
}
