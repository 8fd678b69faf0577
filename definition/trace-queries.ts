import type { TraceMetrics } from "./request-metrics.ts";
import { badShare, type RequestQueries } from "./request-queries.ts";

/**
 * What Datadog's trace metrics say of a side. Their names and tags are Datadog's: `trace.OPERATION.hits` counts,
 * `.hits.by_http_status` counts by `http.status_class`, and `trace.OPERATION` holds durations in seconds. No tracer
 * sees a request that never reached its application, so failed requests cannot be told.
 */
export const traceQueries = ({ operation, env }: TraceMetrics): RequestQueries => {
  const scope = ({ workload }: { readonly workload: string }, answers = ""): string =>
    `{env:${env} AND service:${workload}${answers}}`;
  const hits = (of: { readonly workload: string }): string =>
    `sum:trace.${operation}.hits${scope(of)}`;
  return {
    count: hits,
    measures: {
      "error-rate": (of, options) =>
        badShare(
          `sum:trace.${operation}.hits.by_http_status${scope(of, " AND http.status_class:5xx")}`,
          hits(of),
          options,
        ),
      "p95-latency": (of, { periodSeconds }) =>
        `1000 * p95:trace.${operation}${scope(of)}.rollup(max, ${periodSeconds})`,
    },
  };
};
