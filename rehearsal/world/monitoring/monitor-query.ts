import { intervalOf } from "./query/interval.ts";
import { parseExpression } from "./query/parse-query.ts";
import { QueryError } from "./query/query-error.ts";
import { metricQueriesOf, type Expression, type TimeAggregator } from "./query/syntax.ts";
import { TokenReader } from "./query/token-reader.ts";

/** How a monitor compares what it sees with its threshold. */
export type Comparator = ">" | ">=" | "<" | "<=";

/** The query of a monitor, `min(last_5m):EXPRESSION >= 1`. */
export interface MonitorQuery {
  readonly aggregator: TimeAggregator;
  /** Length of the window, milliseconds. */
  readonly window: number;
  readonly expression: Expression;
  /** Interval between the points of the window, milliseconds. */
  readonly step: number;
  readonly comparator: Comparator;
  /** The critical threshold. */
  readonly threshold: number;
}

const MINUTE = 60_000;
const LONGEST_WINDOW = 4 * 60 * MINUTE;
const AGGREGATORS: readonly TimeAggregator[] = ["sum", "avg", "min", "max"];
const COMPARATORS: readonly Comparator[] = [">", ">=", "<", "<="];

/** @throws QueryError when it is not a query of a simple alert (one without groups). */
export const parseMonitorQuery = (text: string): MonitorQuery => {
  const tokens = new TokenReader(text);
  const aggregator = AGGREGATORS.find((name) => name === tokens.peek().text);
  if (aggregator === undefined) return tokens.refuse(`an aggregator (${AGGREGATORS.join(", ")})`);
  tokens.take();
  tokens.expect("(");
  const window = windowOf(tokens.expectWord("a window such as last_5m"));
  tokens.expect(")");
  tokens.expect(":");
  const expression = parseExpression(tokens, text);
  const step = (intervalOf(expression) ?? MINUTE / 1000) * 1000;
  if (window % step !== 0) {
    throw new QueryError(`the window is not a whole number of the rollup's ${step / 1000} seconds`);
  }
  if (metricQueriesOf(expression).some(({ by }) => by.length > 0)) {
    throw new QueryError("alerts by group are not answered here: remove `by {…}`");
  }
  const comparator = COMPARATORS.find((symbol) => symbol === tokens.peek().text);
  if (comparator === undefined) return tokens.refuse(`a comparison (${COMPARATORS.join(", ")})`);
  tokens.take();
  const threshold = tokens.expectNumber("a threshold");
  tokens.expectEnd();
  return { aggregator, window, expression, step, comparator, threshold };
};

const windowOf = (text: string): number => {
  const [, amount, unit] = /^last_(\d+)([mh])$/.exec(text) ?? [];
  const window = Number(amount ?? 0) * (unit === "h" ? 60 * MINUTE : MINUTE);
  if (window < MINUTE || window > LONGEST_WINDOW) {
    throw new QueryError(`the window is "${text}", expected last_1m to last_4h`);
  }
  return window;
};

/** Whether `value` lies on the side of `limit` that `comparator` names. */
export const compares = (value: number, comparator: Comparator, limit: number): boolean => {
  switch (comparator) {
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
  }
};
