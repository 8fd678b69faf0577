import { asTagValue } from "./datadog-tag.ts";
import type { TraceMetrics } from "./request-metrics.ts";
import { badShare, type MeasureOf, type RequestQueries } from "./request-queries.ts";
import type { Call, TracedMeasure } from "./thresholds.ts";

/**
 * What Datadog's trace metrics say of a side. Their names and tags are Datadog's: `trace.OPERATION.hits` counts spans,
 * `.errors` those that ended in an error, and `trace.OPERATION` holds durations in seconds; `resource_name` is the call.
 * An error is what the tracer calls one: any 5xx, unless the application says that it was meant so, as while writes are
 * frozen. No tracer sees a request that never reached its application, so failed requests cannot be told.
 */
export const traceQueries = ({ operation, env }: TraceMetrics): RequestQueries => {
  const scope = ({ workload }: { readonly workload: string }, answers = ""): string =>
    `{env:${env} AND service:${workload}${answers}}`;
  const hits = (of: { readonly workload: string }): string =>
    `sum:trace.${operation}.hits${scope(of)}`;
  const failuresAmong =
    (calls: string): MeasureOf =>
    (of, options) => {
      const among = scope(of, calls);
      return badShare(
        `sum:trace.${operation}.errors${among}`,
        `sum:trace.${operation}.hits${among}`,
        options,
      );
    };
  const errors =
    (span: string): MeasureOf =>
    (of, { periodSeconds, minimumRequests }) => {
      const rollup = `.rollup(sum, ${periodSeconds})`;
      const answered = `cutoff_min(${hits(of)}${rollup}, ${minimumRequests})`;
      // A period without a request has no value, whatever is made of it: then no error is no good sign.
      return `default_zero(sum:trace.${span}.errors${scope(of)}${rollup}) + 0 * ${answered}`;
    };
  return {
    traced: (measure: TracedMeasure) =>
      "failuresOf" in measure
        ? failuresAmong(` AND resource_name:${resourceOf(measure.failuresOf)}`)
        : errors(measure.errorsOf),
    count: hits,
    measures: {
      "error-rate": failuresAmong(""),
      "p95-latency": (of, { periodSeconds }) =>
        `1000 * p95:trace.${operation}${scope(of)}.rollup(max, ${periodSeconds})`,
    },
  };
};

/** A call as tracers name it, in a tag. */
const resourceOf = ({ method, path }: Call): string => asTagValue(`${method} ${path}`);
