import type { Series } from "../rehearsal-record.ts";

/** More points than a screen is wide cost a long night's report megabytes and show nothing. */
const most = 1500;

/**
 * A series of at most 1500 points. Rates become means; of errors and answer times the worst stays, so
 * that no breach is smoothed away.
 */
export const thinned = (series: Series): Series => {
  const stride = Math.ceil(series.at.length / most);
  if (stride <= 1) return series;
  const groups = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
    Array.from({ length: Math.ceil(values.length / stride) }, (_, index) =>
      values.slice(index * stride, (index + 1) * stride),
    );
  const means = (values: readonly number[]): readonly number[] =>
    groups(values).map((group) => group.reduce((one, other) => one + other, 0) / group.length);
  const worst = (values: readonly (number | null)[]): readonly (number | null)[] =>
    groups(values).map((group) => {
      const known = group.filter((value) => value !== null);
      return known.length === 0 ? null : Math.max(...known);
    });
  return {
    stepMilliseconds: series.stepMilliseconds * stride,
    at: groups(series.at).flatMap((group) => group.slice(0, 1)),
    blue: means(series.blue),
    green: means(series.green),
    unanswered: means(series.unanswered),
    errorPercent: worst(series.errorPercent),
    blueP95: worst(series.blueP95),
    greenP95: worst(series.greenP95),
    greenWeight: groups(series.greenWeight).flatMap((group) => group.slice(-1)),
  };
};
