import { median } from "simple-statistics";

/** What several measurements of one thing say together. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** @throws Error without a measurement. */
export const summary = (values: readonly number[]): Summary => {
  if (values.length === 0) throw new Error("nothing was measured");
  return {
    median: median([...values]),
    least: Math.min(...values),
    most: Math.max(...values),
    count: values.length,
  };
};

/**
 * How many times as long one thing takes as another that was measured beside it: the median of the ratios
 * pair by pair, as both of a pair met the same machine.
 * @throws Error unless both were measured equally often.
 */
export const ratio = (one: readonly number[], beside: readonly number[]): number => {
  if (one.length !== beside.length) throw new Error("pairs are incomplete");
  return summary(one.map((value, index) => value / (beside[index] ?? Number.NaN))).median;
};

/** Measures two things in turn, so often, the first of them first and second by turns. */
export const alternate = async (
  times: number,
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<{ readonly one: readonly number[]; readonly other: readonly number[] }> => {
  const measured = { one: [] as number[], other: [] as number[] };
  for (let turn = 0; turn < times; turn += 1) {
    const order = turn % 2 === 0 ? (["one", "other"] as const) : (["other", "one"] as const);
    for (const which of order) {
      measured[which].push(await (which === "one" ? one() : other()));
    }
  }
  return measured;
};
