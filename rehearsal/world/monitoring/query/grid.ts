import { intervalOf } from "./interval.ts";
import { QueryError } from "./query-error.ts";
import type { Expression } from "./syntax.ts";

/** The intervals that a query is answered for; all times are cutover time in milliseconds. */
export interface Grid {
  /** Points from here on count. */
  readonly from: number;
  /** Points before here count. */
  readonly to: number;
  /** Beginning of the first interval: a multiple of `step`, at or before `from`. */
  readonly start: number;
  /** Length of an interval, milliseconds. */
  readonly step: number;
  readonly length: number;
}

/** Datadog's own limit of points in one series. */
const MOST_POINTS = 1500;
const FOUR_HOURS = 4 * 60 * 60 * 1000;

/**
 * The intervals of `[from, to)`: as long as the query's rollup says; otherwise 60 s up to four hours and
 * 300 s beyond. (Datadog's API takes 20 s up to one hour; too few scrapes fall into that here.)
 * @throws QueryError when the span is empty, or gives more than 1500 points.
 */
export const gridOf = (expression: Expression, from: number, to: number): Grid => {
  if (!(from < to)) throw new QueryError(`"from" must be before "to"`);
  const seconds = intervalOf(expression) ?? (to - from <= FOUR_HOURS ? 60 : 300);
  const step = seconds * 1000;
  const start = Math.floor(from / step) * step;
  const length = Math.ceil((to - start) / step);
  if (length > MOST_POINTS) {
    throw new QueryError(
      `${length} intervals of ${seconds} s, at most ${MOST_POINTS} are answered`,
    );
  }
  return { from, to, start, step, length };
};

/** All of `[from, to)` as one interval. */
export const wholeSpan = (from: number, to: number): Grid => ({
  from,
  to,
  start: from,
  step: to - from,
  length: 1,
});
