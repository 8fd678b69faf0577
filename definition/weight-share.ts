/**
 * The share of one weight among all, percent with two decimals. Where all are 0, each gets as much as the others, as
 * it is with records and with pools.
 */
export const shareOf = (weight: number, all: readonly number[]): number => {
  const sum = all.reduce((one, other) => one + other, 0);
  const share = sum === 0 ? 1 / all.length : weight / sum;
  return Math.round(10_000 * share) / 100;
};
