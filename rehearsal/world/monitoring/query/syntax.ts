/** Which series a query takes, by their tags. */
export type Filter =
  | { readonly is: "all" }
  | { readonly is: "tag"; readonly key: string; readonly pattern: string }
  | { readonly is: "not"; readonly filter: Filter }
  | { readonly is: "and" | "or"; readonly filters: readonly Filter[] };

/** How series are put together at one instant. */
export type SpaceAggregator = "sum" | "avg" | "min" | "max" | `p${50 | 75 | 90 | 95 | 99}`;

/** How the points of one interval are put together. */
export type TimeAggregator = "sum" | "avg" | "min" | "max";

/** One metric, filtered, aggregated over series and over time. */
export interface MetricQuery {
  readonly is: "metric";
  readonly space: SpaceAggregator;
  readonly metric: string;
  readonly filter: Filter;
  /** The filter as it was written. */
  readonly scope: string;
  readonly by: readonly string[];
  readonly modifier?: "as_count" | "as_rate";
  readonly rollup?: { readonly aggregator?: TimeAggregator; readonly seconds?: number };
}

/** A query, or arithmetic over queries. */
export type Expression =
  | MetricQuery
  | { readonly is: "number"; readonly value: number }
  | { readonly is: "negative"; readonly of: Expression }
  | {
      readonly is: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly is: "function";
      readonly name: "default_zero" | "abs" | "cutoff_min" | "cutoff_max";
      readonly of: Expression;
      /** The limit of a cutoff. */
      readonly limit: number;
    };

/** Every metric query inside of an expression. */
export const metricQueriesOf = (expression: Expression): readonly MetricQuery[] => {
  switch (expression.is) {
    case "metric":
      return [expression];
    case "number":
      return [];
    case "negative":
    case "function":
      return metricQueriesOf(expression.of);
    case "arithmetic":
      return [...metricQueriesOf(expression.left), ...metricQueriesOf(expression.right)];
  }
};
