/** How one Prometheus family becomes a Datadog metric. */
export interface Mapping {
  /** Datadog's name of the metric; `{label}` in it stands for a label's value. */
  readonly metric: string;
  readonly kind: "count" | "gauge" | "distribution";
  /** Tag key by label name; other labels are dropped, as they would multiply the series. */
  readonly tags: Readonly<Record<string, string>>;
}

const ISTIO_TAGS = {
  destination_workload_namespace: "kube_namespace",
  kube_namespace: "kube_namespace",
  destination_workload: "destination_workload",
  reporter: "reporter",
  response_code: "response_code",
};

const KUBERNETES_TAGS = {
  namespace: "kube_namespace",
  kube_namespace: "kube_namespace",
  deployment: "kube_deployment",
  kube_deployment: "kube_deployment",
  pod: "pod_name",
  pod_name: "pod_name",
};

/** What Datadog keeps of a span as tags of its trace metrics. */
const TRACE_TAGS = {
  service: "service",
  env: "env",
  version: "version",
  resource_name: "resource_name",
};

/** The service that an instance of an integration is configured with. */
const INSTANCE_TAGS = { service: "service" };

/** Names and tags of Datadog's integrations and of its tracing, by Prometheus family. */
export const integrationMapping: ReadonlyMap<string, Mapping> = new Map<string, Mapping>([
  ["istio_requests_total", { metric: "istio.mesh.request.count", kind: "count", tags: ISTIO_TAGS }],
  [
    "istio_request_duration_milliseconds",
    { metric: "istio.mesh.request.duration.milliseconds", kind: "distribution", tags: ISTIO_TAGS },
  ],
  ["trace_hits_total", { metric: "trace.{operation}.hits", kind: "count", tags: TRACE_TAGS }],
  ["trace_errors_total", { metric: "trace.{operation}.errors", kind: "count", tags: TRACE_TAGS }],
  [
    "trace_duration_seconds",
    { metric: "trace.{operation}", kind: "distribution", tags: TRACE_TAGS },
  ],
  ["sync_backlog", { metric: "sync.backlog", kind: "gauge", tags: { service: "service" } }],
  ["sync_lag_milliseconds", { metric: "sync.lag", kind: "gauge", tags: { service: "service" } }],
  ["sync_mismatches", { metric: "sync.mismatches", kind: "gauge", tags: { service: "service" } }],
  [
    "postgresql_connections",
    { metric: "postgresql.connections", kind: "gauge", tags: INSTANCE_TAGS },
  ],
  [
    "postgresql_max_connections",
    { metric: "postgresql.max_connections", kind: "gauge", tags: INSTANCE_TAGS },
  ],
  ["redis_mem_used_bytes", { metric: "redis.mem.used", kind: "gauge", tags: INSTANCE_TAGS }],
  [
    "redis_mem_maxmemory_bytes",
    { metric: "redis.mem.maxmemory", kind: "gauge", tags: INSTANCE_TAGS },
  ],
  [
    "container_cpu_usage_nanocores",
    { metric: "kubernetes.cpu.usage.total", kind: "gauge", tags: KUBERNETES_TAGS },
  ],
  [
    "container_cpu_limit_cores",
    { metric: "kubernetes.cpu.limits", kind: "gauge", tags: KUBERNETES_TAGS },
  ],
  [
    "container_memory_usage_ratio",
    { metric: "kubernetes.memory.usage_pct", kind: "gauge", tags: KUBERNETES_TAGS },
  ],
]);

const reported = [...integrationMapping.values()].map(({ metric }) => {
  const literal = metric.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\\\{\w+\\\}/g, ".+")}$`);
});

/** Whether some part of a rehearsal may report a metric of this name. */
export const isReported = (metric: string): boolean => reported.some((name) => name.test(metric));
