import { Gauge, Registry } from "prom-client";
import type { RequestMetrics } from "../../../definition/request-metrics.ts";
import { proxyMetrics } from "./proxy-metrics.ts";
import type { RequestReporter } from "./request-reporter.ts";
import { tracerMetrics } from "./tracer-metrics.ts";

export interface PodMetricsOptions {
  readonly workload: string;
  readonly namespace: string;
  readonly podName: string;
  readonly requestMetrics: RequestMetrics;
  readonly variables: Readonly<Record<string, string>>;
  readonly cpuLimitCores: number;
  readonly cpuPercent: () => number;
  readonly memoryPercent: () => number;
}

export interface PodMetrics extends Required<RequestReporter> {
  /** The metrics in Prometheus' text format. */
  text(): Promise<string>;
}

/** What one pod reports: its requests, by its proxy or by its tracer, and its container's use. */
export const podMetrics = (options: PodMetricsOptions): PodMetrics => {
  const registry = new Registry();
  const { requestMetrics, variables } = options;
  const requests =
    requestMetrics.source === "istio"
      ? proxyMetrics(options, registry)
      : tracerMetrics({ operation: requestMetrics.operation, variables }, registry);
  const container = {
    kube_namespace: options.namespace,
    kube_deployment: options.workload,
    pod_name: options.podName,
  };
  const gauge = (name: string, help: string, value: () => number): void => {
    const labelNames = Object.keys(container);
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
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
    answered: (answer) => {
      requests.answered(answer);
    },
    charged: (payment) => {
      requests.charged?.(payment);
    },
    text: () => registry.metrics(),
  };
};
