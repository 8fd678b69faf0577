import { Counter, Histogram } from "prom-client";
import { asTagValue } from "../../../definition/datadog-tag.ts";
import { paymentSpan } from "../../../definition/rehearsal-example.ts";
import { LATENCY_BUCKETS } from "./latency-buckets.ts";
import type { StartReporter } from "./request-reporter.ts";

/** What the tracer calls an application that it was not told the name of. */
const UNNAMED = "unnamed-service";

/**
 * Datadog's trace metrics of the requests of one pod, and of the payments that they ask for. A tracer knows which
 * side it is in from its environment variables alone. A request whose connection was reset is no
 * error to it, as nothing was answered; a page of a freeze or of maintenance is a 503 and is none either.
 */
export const tracerMetrics: StartReporter<{
  /** Name of the span of a request. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, string>>;
}> = ({ operation, variables }, registry) => {
  const registers = [registry];
  const span = {
    operation,
    service: variables["DD_SERVICE"] ?? UNNAMED,
    env: variables["DD_ENV"] ?? "none",
    version: variables["DD_VERSION"] ?? "",
  };
  const labelNames = Object.keys(span);
  const byResource = [...labelNames, "resource_name"];
  const hits = new Counter({
    name: "trace_hits_total",
    help: "Spans of this operation.",
    labelNames: byResource,
    registers,
  });
  const errors = new Counter({
    name: "trace_errors_total",
    help: "Spans of this operation that ended in an error.",
    labelNames: byResource,
    registers,
  });
  const durations = new Histogram({
    name: "trace_duration_seconds",
    help: "Duration of spans of this operation.",
    labelNames,
    buckets: LATENCY_BUCKETS.map((milliseconds) => milliseconds / 1_000),
    registers,
  }).labels(span);
  const ended = (operation: string, resource: string, failed: boolean): void => {
    const labels = { ...span, operation, resource_name: asTagValue(resource) };
    hits.inc(labels);
    if (failed) errors.inc(labels);
  };
  return {
    answered({ code, milliseconds, call, unavailable }) {
      ended(operation, call, code >= 500 && !unavailable);
      durations.observe(milliseconds / 1_000);
    },
    charged({ failed }) {
      ended(paymentSpan, paymentSpan, failed);
    },
  };
};
