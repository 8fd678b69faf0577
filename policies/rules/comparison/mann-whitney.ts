import { errorFunction, wilcoxonRankSum } from "simple-statistics";

/** What the Mann-Whitney test says of two samples. */
export interface MannWhitney {
  /** Pairs in which the value of the first sample is the greater one; pairs that are equal count half. */
  readonly u: number;
  /** How likely so great a `u` would be if the first sample were not shifted upwards. */
  readonly p: number;
}

/**
 * Whether one sample lies above another (Mann-Whitney U, one-sided): the normal approximation with the
 * corrections for ties and for continuity. R gives the same by
 * `wilcox.test(x, y, alternative = "greater", exact = FALSE)`.
 * @param above finite numbers, at least one.
 * @param below likewise.
 */
export const mannWhitney = (above: readonly number[], below: readonly number[]): MannWhitney => {
  const [m, n] = [above.length, below.length];
  const u = wilcoxonRankSum([...above], [...below]) - (m * (m + 1)) / 2;
  const all = m + n;
  const variance = ((m * n) / 12) * (all + 1 - tieSum([...above, ...below]) / (all * (all - 1)));
  // All values are one and the same: nothing speaks for a shift.
  if (!(variance > 0)) return { u, p: 1 };
  const z = (u - (m * n) / 2 - 0.5) / Math.sqrt(variance);
  return { u, p: (1 - errorFunction(z / Math.SQRT2)) / 2 };
};

/** Over the groups of equal values: the cube of each one's size less that size. */
const tieSum = (values: readonly number[]): number => {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
};
