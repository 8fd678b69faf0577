import type { Point } from "./datadog-reader.ts";
import type { Span } from "./watched-window.ts";

/**
 * Beginnings of the whole periods inside of a span, in order, milliseconds since the epoch. The periods at
 * its edges are left out: they also hold what happened outside of it.
 */
export const wholePeriods = ({ from, to }: Span, period: number): readonly number[] => {
  const first = Math.ceil(from / period);
  const length = Math.max(0, Math.floor(to / period) - first);
  return Array.from({ length }, (_, index) => (first + index) * period);
};

/**
 * The values of a series by the beginning of their period. Points finer than a period are joined by
 * `join`; points without a value are left out.
 */
export const byPeriod = (
  points: readonly Point[],
  period: number,
  join: (one: number, other: number) => number,
): ReadonlyMap<number, number> => {
  const values = new Map<number, number>();
  for (const { at, value } of points) {
    if (value === null) continue;
    const start = Math.floor(at / period) * period;
    const before = values.get(start);
    values.set(start, before === undefined ? value : join(before, value));
  }
  return values;
};
