const steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The round number at or above a value, for the top of a scale. */
export const roundUp = (value: number): number => {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = steps.find((candidate) => candidate * power >= value * 0.9999) ?? 10;
  return Number((step * power).toPrecision(2));
};

/**
 * Top of a scale that shows the limits with room above them. One bad second must not squash the limits
 * to the floor: beyond `times` the highest limit, peaks leave the plot and the caption names them.
 */
export const scaleTop = (
  highest: number,
  limits: readonly number[],
  { times, least }: { readonly times: number; readonly least: number },
): number => {
  const limit = Math.max(0, ...limits);
  const wanted = Math.max(highest * 1.08, limit * 1.5, least);
  return roundUp(limit > 0 ? Math.min(wanted, limit * times) : wanted);
};

/** The highest value of a series and its index; `null` when every step is a gap. */
export const peakOf = (
  values: readonly (number | null)[],
): { readonly value: number; readonly index: number } | null => {
  let peak: { value: number; index: number } | null = null;
  for (const [index, value] of values.entries())
    if (value !== null && (peak === null || value > peak.value)) peak = { value, index };
  return peak;
};

/** Round values from 0 to the top of a scale, about five of them. */
export const scaleTicks = (top: number): readonly number[] => {
  const power = 10 ** Math.floor(Math.log10(top / 5));
  const step = ([1, 2, 2.5, 5].find((one) => one * power >= (top / 5) * 0.9999) ?? 10) * power;
  return Array.from({ length: Math.floor(top / step + 1.0001) }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
};
