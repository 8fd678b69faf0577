import { istioQueries } from "./istio-queries.ts";
import type { RequestMetrics } from "./request-metrics.ts";
import type { MeasuredSide, MeasureOf, QueryOptions, RequestQueries } from "./request-queries.ts";
import type { SettledSystem } from "./system.ts";
import type { MeasureName, Threshold } from "./thresholds.ts";
import { traceQueries } from "./trace-queries.ts";

/** What the containers of a side use, whatever counts its requests. */
const ofContainers = {
  cpu: ({ namespace, workload }) => {
    const scope = `{kube_namespace:${namespace} AND kube_deployment:${workload}}`;
    return `100 * avg:kubernetes.cpu.usage.total${scope} / (avg:kubernetes.cpu.limits${scope} * 1000000000)`;
  },
  memory: ({ namespace, workload }) =>
    `100 * max:kubernetes.memory.usage_pct{kube_namespace:${namespace} AND kube_deployment:${workload}}`,
} satisfies Partial<Record<MeasureName, MeasureOf>>;

const requestQueries = (metrics: RequestMetrics): RequestQueries =>
  metrics.source === "istio" ? istioQueries : traceQueries(metrics);

const measuresBy = (metrics: RequestMetrics): RequestQueries["measures"] => ({
  ...requestQueries(metrics).measures,
  ...ofContainers,
});

/** The measures that a system can have where these metrics count its requests. */
export const measurable = (metrics: RequestMetrics): readonly string[] =>
  Object.keys(measuresBy(metrics));

/** One side of a system, as queries ask about it. */
export const measuredSide = (
  {
    workload,
    environments,
    requestMetrics,
  }: Pick<SettledSystem, "workload" | "environments" | "requestMetrics">,
  side: "blue" | "green",
): MeasuredSide => ({
  namespace: workload.namespace,
  workload: environments[side].name,
  requestMetrics,
});

/**
 * The Datadog query that measures what a threshold limits or a comparison compares, in the limit's unit.
 * @throws TypeError for a measure that the side's request metrics cannot tell; no definition has one.
 */
export const datadogQuery = (
  { measure }: Pick<Threshold, "measure">,
  of: MeasuredSide,
  options: QueryOptions,
): string => {
  if (typeof measure !== "string") {
    const { namespace, workload } = of;
    return measure.query
      .replaceAll("{namespace}", namespace)
      .replaceAll("{workload}", workload)
      .replaceAll("{minimumRequests}", String(options.minimumRequests));
  }
  const query = measuresBy(of.requestMetrics)[measure];
  if (query === undefined) throw new TypeError(`${measure} is not measured here`);
  return query(of, options);
};

/** The Datadog query for the number of requests that one side answered. */
export const requestCountQuery = (of: MeasuredSide, periodSeconds: number): string =>
  `${requestQueries(of.requestMetrics).count(of)}.rollup(sum, ${periodSeconds})`;
