import { Counter, Histogram, Registry } from "prom-client";
import { LATENCY_BUCKETS } from "../application/latency-buckets.ts";

/** One answer as the gateway gave it to its caller. */
export interface GatewayAnswer {
  readonly workload: string;
  readonly namespace: string;
  /** 0 when the caller had gone. */
  readonly status: number;
  /**
   * Envoy's: `UH` no healthy upstream, `UF` connect failure, `UC` reset, `UT` timeout, `NR` no route, `DC`
   * caller gone, `DI` direct response, `-` an answer of the application.
   */
  readonly flags: string;
  readonly milliseconds: number;
}

export interface GatewayMetrics {
  answered(answer: GatewayAnswer): void;
  /** The metrics in Prometheus' text format. */
  text(): Promise<string>;
}

/** Istio's source-side metrics: what callers of the gateway saw. */
export const gatewayMetrics = (): GatewayMetrics => {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ["reporter", "destination_workload", "kube_namespace"];
  const requests = new Counter({
    name: "istio_requests_total",
    help: "Requests answered.",
    labelNames: [...labelNames, "response_code", "response_flags"],
    registers,
  });
  const durations = new Histogram({
    name: "istio_request_duration_milliseconds",
    help: "Time from request to answer.",
    labelNames,
    buckets: [...LATENCY_BUCKETS],
    registers,
  });
  return {
    answered({ workload, namespace, status, flags, milliseconds }) {
      const labels = {
        reporter: "source",
        destination_workload: workload,
        kube_namespace: namespace,
      };
      requests.inc({ ...labels, response_code: String(status), response_flags: flags });
      durations.observe(labels, milliseconds);
    },
    text: () => registry.metrics(),
  };
};
