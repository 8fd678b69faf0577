import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { LATENCY_BUCKETS } from "./latency-buckets.ts";

export interface PodMetricsOptions {
  readonly workload: string;
  readonly namespace: string;
  readonly podName: string;
  readonly cpuLimitCores: number;
  readonly cpuPercent: () => number;
  readonly memoryPercent: () => number;
}

export interface PodMetrics {
  /** Counts an answer; code 0 is a connection reset without one, as Istio reports it. */
  answered(code: number, milliseconds: number): void;
  /** The metrics in Prometheus' text format. */
  text(): Promise<string>;
}

/** What one pod reports: Istio's destination-side metrics of its requests, and its container's use. */
export const podMetrics = (options: PodMetricsOptions): PodMetrics => {
  const registry = new Registry();
  const registers = [registry];
  const traffic = {
    reporter: "destination",
    destination_workload: options.workload,
    kube_namespace: options.namespace,
  };
  const container = {
    kube_namespace: options.namespace,
    kube_deployment: options.workload,
    pod_name: options.podName,
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
  const gauge = (name: string, help: string, value: () => number): void => {
    const labelNames = Object.keys(container);
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.set(container, value());
      },
    });
  };
  const { cpuLimitCores, cpuPercent, memoryPercent } = options;
  gauge("container_cpu_usage_nanocores", "CPU in use.", () => cpuPercent() * cpuLimitCores * 1e7);
  gauge("container_cpu_limit_cores", "CPU limit.", () => cpuLimitCores);
  gauge(
    "container_memory_usage_ratio",
    "Memory in use, share of the limit.",
    () => memoryPercent() / 100,
  );
  return {
    answered(code, milliseconds) {
      requests.inc({ ...traffic, response_code: String(code) });
      if (code !== 0) durations.observe(milliseconds);
    },
    text: () => registry.metrics(),
  };
};
