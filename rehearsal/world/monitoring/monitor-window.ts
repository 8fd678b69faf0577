import type { MetricStore } from "./metric-store.ts";
import type { ParsedMonitor } from "./monitor-definition.ts";
import { evaluate } from "./query/evaluate.ts";
import { gridOf, wholeSpan, type Grid } from "./query/grid.ts";
import { QueryError } from "./query/query-error.ts";
import { metricQueriesOf } from "./query/syntax.ts";

/**
 * The values that a monitor looks at: the window ends with the last interval that was complete
 * `evaluation_delay` before `now` (cutover milliseconds), so that no point is judged half filled.
 * A query that does not fit what is stored has no values.
 */
export const monitorWindow = (
  monitor: ParsedMonitor,
  store: MetricStore,
  now: number,
): readonly (number | undefined)[] => {
  const { query, definition } = monitor;
  const delay = (definition.options.evaluation_delay ?? 0) * 1000;
  const end = Math.floor((now - delay) / query.step) * query.step;
  try {
    const [series] = evaluate(query.expression, store, gridFor(monitor, end));
    return series?.values ?? [];
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
};

/**
 * With `sum(…)` over arithmetic of counts, Datadog sums each part over the window before it calculates
 * (its "as_count evaluation path"); else it calculates at each point and then aggregates.
 */
const gridFor = ({ query }: ParsedMonitor, end: number): Grid => {
  const { aggregator, expression, window } = query;
  const sumsFirst =
    aggregator === "sum" &&
    expression.is === "arithmetic" &&
    metricQueriesOf(expression).some(({ modifier }) => modifier === "as_count");
  return sumsFirst ? wholeSpan(end - window, end) : gridOf(expression, end - window, end);
};
