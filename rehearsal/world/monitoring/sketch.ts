/** Relative error of a quantile, 0–1; DDSketch's own default. */
const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** Below this a value counts as zero: a nanosecond in milliseconds. */
const SMALLEST = 1e-6;

/**
 * A mergeable summary of values ≥ 0 whose quantiles are within 1 % of a sample's true value
 * (the bins of DDSketch). A NaN among the values makes every answer NaN.
 */
export class Sketch {
  readonly #bins = new Map<number, number>();
  #zeros = 0;
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** How many values were added; fractional when weights were. */
  get count(): number {
    return this.#count;
  }

  /** Sum of the values, exact up to rounding. */
  get sum(): number {
    return this.#sum;
  }

  /** Smallest value, exact; NaN while empty. */
  get min(): number {
    return this.#answer(this.#min);
  }

  /** Largest value, exact; NaN while empty. */
  get max(): number {
    return this.#answer(this.#max);
  }

  /** Counts `value` `weight` times. @throws RangeError when it is below zero. */
  add(value: number, weight = 1): void {
    if (value < 0) throw new RangeError(`a sketch holds values from 0 up, not ${value}`);
    this.#count += weight;
    this.#sum += value * weight;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value < SMALLEST) this.#zeros += weight;
    else if (Number.isFinite(value)) this.#addToBin(Math.ceil(Math.log(value) / LOG_GAMMA), weight);
  }

  /** Takes in everything that `other` holds. */
  merge(other: Sketch): void {
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#zeros += other.#zeros;
    for (const [bin, weight] of other.#bins) this.#addToBin(bin, weight);
  }

  /** The value at `share` (0–1) of the sorted values; NaN while empty. */
  quantile(share: number): number {
    const rank = share * (this.#count - 1);
    let seen = this.#zeros;
    if (Number.isNaN(this.#sum) || seen > rank) return this.#answer(0);
    for (const bin of [...this.#bins.keys()].sort((one, other) => one - other)) {
      seen += this.#bins.get(bin) ?? 0;
      if (seen > rank) return this.#answer((2 * GAMMA ** bin) / (GAMMA + 1));
    }
    return this.#answer(this.#max);
  }

  #addToBin(bin: number, weight: number): void {
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + weight);
  }

  #answer(value: number): number {
    if (this.#count === 0 || Number.isNaN(this.#sum)) return NaN;
    // A bin's middle may lie outside of what was really seen.
    return Math.min(Math.max(value, this.#min), this.#max);
  }
}
