import { QueryError } from "./query-error.ts";
import { metricQueriesOf, type Expression } from "./syntax.ts";

/**
 * The interval that the rollups of an expression name, seconds; `undefined` when none does. Parts
 * without one follow the others. @throws QueryError when they name different ones, which Datadog would
 * interpolate between, or when there is no metric at all.
 */
export const intervalOf = (expression: Expression): number | undefined => {
  const queries = metricQueriesOf(expression);
  if (queries.length === 0) throw new QueryError("expected at least one metric");
  const intervals = new Set(queries.flatMap(({ rollup }) => rollup?.seconds ?? []));
  if (intervals.size > 1) {
    throw new QueryError(`different rollup intervals: ${[...intervals].join(", ")} seconds`);
  }
  const [interval] = intervals;
  return interval;
};
