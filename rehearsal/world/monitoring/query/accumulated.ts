/** How numbers are put together. */
export type Aggregator = "sum" | "avg" | "min" | "max";

/** Numbers seen so far, as each aggregator answers for them. A NaN makes every answer NaN. */
export class Accumulated {
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  add(value: number): void {
    this.#count += 1;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  /** `undefined` when nothing was added. */
  value(aggregator: Aggregator): number | undefined {
    if (this.#count === 0) return undefined;
    switch (aggregator) {
      case "sum":
        return this.#sum;
      case "avg":
        return this.#sum / this.#count;
      case "min":
        return this.#min;
      case "max":
        return this.#max;
    }
  }
}
