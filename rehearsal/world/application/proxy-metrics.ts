import { Counter, Histogram } from "prom-client";
import { LATENCY_BUCKETS } from "./latency-buckets.ts";
import type { StartReporter } from "./request-reporter.ts";

/** Istio's metrics of the requests that arrive at one pod, as the proxy beside it reports them. */
export const proxyMetrics: StartReporter<{
  readonly workload: string;
  readonly namespace: string;
}> = ({ workload, namespace }, registry) => {
  const registers = [registry];
  const traffic = {
    reporter: "destination",
    destination_workload: workload,
    kube_namespace: namespace,
  };
  const requests = new Counter({
    name: "istio_requests_total",
    help: "Requests answered.",
    labelNames: [...Object.keys(traffic), "response_code"],
    registers,
  });
  const durations = new Histogram({
    name: "istio_request_duration_milliseconds",
    help: "Time from request to answer.",
    labelNames: Object.keys(traffic),
    buckets: [...LATENCY_BUCKETS],
    registers,
  }).labels(traffic);
  return {
    answered({ code, milliseconds }) {
      // Istio reports a connection that was reset as code 0.
      requests.inc({ ...traffic, response_code: String(code) });
      if (code !== 0) durations.observe(milliseconds);
    },
  };
};
