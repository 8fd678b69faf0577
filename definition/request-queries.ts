import type { RequestMetrics } from "./request-metrics.ts";
import type { MeasureName, TracedMeasure } from "./thresholds.ts";

/** What a query is about: one side's Deployment, and what counts its requests. */
export interface MeasuredSide {
  readonly namespace: string;
  readonly workload: string;
  readonly requestMetrics: RequestMetrics;
}

export interface QueryOptions {
  /** Length of one point of the answer. */
  readonly periodSeconds: number;
  /** Requests that a point needs to have a value. */
  readonly minimumRequests: number;
}

/** The query of one measure of one side. */
export type MeasureOf = (
  of: Pick<MeasuredSide, "namespace" | "workload">,
  options: QueryOptions,
) => string;

/** What one source of request metrics can be asked. */
export interface RequestQueries {
  /** Requests of one side, before they are rolled up. */
  readonly count: (of: Pick<MeasuredSide, "namespace" | "workload">) => string;
  /** Measures of requests; the source cannot tell those that are missing. */
  readonly measures: Partial<Readonly<Record<MeasureName, MeasureOf>>>;
  /** Measures of one kind of work, where the source tells kinds apart. */
  readonly traced?: (measure: TracedMeasure) => MeasureOf;
}

/** A share in percent per period; a period with too few requests has no value, one without bad answers is 0. */
export const badShare = (
  bad: string,
  all: string,
  { periodSeconds, minimumRequests }: QueryOptions,
): string => {
  const rollup = `.rollup(sum, ${periodSeconds})`;
  return `100 * default_zero(${bad}${rollup}) / cutoff_min(${all}${rollup}, ${minimumRequests})`;
};
