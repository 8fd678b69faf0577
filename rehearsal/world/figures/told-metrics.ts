import { figuresOf } from "../../../definition/figures-of.ts";
import { datadogQuery, measuredSide } from "../../../definition/measures.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { isReported } from "../monitoring/integration-mapping.ts";
import type { Tags } from "../monitoring/metric-store.ts";
import { parseQuery } from "../monitoring/query/parse-query.ts";
import { QueryError } from "../monitoring/query/query-error.ts";
import type { Expression, Filter, MetricQuery } from "../monitoring/query/syntax.ts";
import { Sketch } from "../monitoring/sketch.ts";
import type { Reading } from "../monitoring/target-reader.ts";

/** What in a plan asks Datadog by queries of its own. */
type Asking = Pick<
  SettledSystem,
  | "dataChecks"
  | "readiness"
  | "thresholds"
  | "comparisons"
  | "workload"
  | "environments"
  | "requestMetrics"
>;

/**
 * Metrics of a plan's own queries that no part of a rehearsal reports, as what they count stands outside of it. Of
 * each there is a series with the tags that its query asks for, and the value 0, as every limit is an upper one, or 1
 * where the query divides by it, until somebody tells another value.
 */
export class ToldMetrics {
  readonly #told = new Map<string, { readonly of: MetricQuery; value: number }>();

  constructor(system: Asking) {
    for (const query of queriesOf(system)) {
      for (const { of, divides } of termsOf(query)) {
        const told = this.#told.get(keyOf(of));
        if (told === undefined) this.#told.set(keyOf(of), { of, value: divides ? 1 : 0 });
        else if (divides) told.value = 1;
      }
    }
  }

  /** What is reported now. */
  readonly readings = (): readonly Reading[] =>
    [...this.#told.values()].map(({ of, value }) => readingOf(of, value));

  /** Gives the metric of a query another value. @param query one for which {@link isTold} holds. */
  tell(query: string, value: number): void {
    for (const { of } of termsOf(query)) this.#told.set(keyOf(of), { of, value });
  }
}

/** Whether a Datadog query has one metric for its value, and one that no part of a rehearsal reports. */
export const isToldMetric = (query: string): boolean =>
  parsed(query)?.is === "metric" && termsOf(query).length === 1;

const queriesOf = (system: Asking): readonly string[] => [
  ...figuresOf(system).flatMap(({ query }) => (typeof query === "string" ? [query] : [])),
  ...[...system.thresholds, ...(system.comparisons ?? [])].flatMap(({ measure }) =>
    typeof measure === "object" && "query" in measure
      ? (["blue", "green"] as const).map((side) =>
          datadogQuery({ measure }, measuredSide(system, side), anyPeriod),
        )
      : [],
  ),
];

/** A query of the plan's own is asked as it is written. */
const anyPeriod = { periodSeconds: 60, minimumRequests: 0 } as const;

interface Term {
  readonly of: MetricQuery;
  /** Whether the query divides by it. */
  readonly divides: boolean;
}

const termsOf = (query: string): readonly Term[] => {
  const expression = parsed(query);
  return expression === undefined
    ? []
    : termsWithin(expression, false).filter(({ of }) => !isReported(of.metric));
};

const termsWithin = (expression: Expression, divides: boolean): readonly Term[] => {
  switch (expression.is) {
    case "metric":
      return [{ of: expression, divides }];
    case "number":
      return [];
    case "negative":
    case "function":
      return termsWithin(expression.of, divides);
    case "arithmetic":
      return [
        ...termsWithin(expression.left, divides),
        ...termsWithin(expression.right, divides !== (expression.operator === "/")),
      ];
  }
};

/** What Datadog's stand-in does not understand is refused where it is asked. */
const parsed = (query: string): Expression | undefined => {
  try {
    return parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
};

const keyOf = ({ metric, scope }: MetricQuery): string => JSON.stringify([metric, scope]);

const readingOf = ({ metric, filter, space, modifier }: MetricQuery, value: number): Reading => {
  const tags = tagsOf(filter);
  if (modifier !== undefined) return { kind: "count", metric, tags, value };
  if (!/^p\d/.test(space)) return { kind: "gauge", metric, tags, value };
  const sketch = new Sketch();
  sketch.add(value);
  return { kind: "distribution", metric, tags, value: sketch };
};

/** Tags of a series that a filter takes. */
const tagsOf = (filter: Filter): Tags => {
  switch (filter.is) {
    case "tag":
      return { [filter.key]: filter.pattern.replaceAll("*", "") };
    case "and":
      return Object.assign({}, ...filter.filters.map(tagsOf)) as Tags;
    case "or": {
      const [first] = filter.filters;
      return first === undefined ? {} : tagsOf(first);
    }
    case "all":
    case "not":
      return {};
  }
};
