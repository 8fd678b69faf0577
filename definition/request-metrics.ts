/** What counts the requests of either side, and with it what thresholds on requests ask. */
export type RequestMetrics = IstioMetrics | TraceMetrics;

/** Istio's metrics: of the proxy beside each application, and of the gateway that sends it requests. */
export interface IstioMetrics {
  readonly source: "istio";
}

/**
 * Trace metrics of Datadog APM: the tracer in each application counts its requests, whatever sends them. A side
 * reports as the service of its own name; the pods that are declared here are told so.
 */
export interface TraceMetrics {
  readonly source: "traces";
  /** What the tracer calls the span of a whole request, for example `fastapi.request`. */
  readonly operation: string;
  /** Datadog's tag `env` of both sides. */
  readonly env: string;
}

export const istioMetrics = (): IstioMetrics => ({ source: "istio" });

export const traceMetrics = (metrics: Omit<TraceMetrics, "source">): TraceMetrics => ({
  source: "traces",
  ...metrics,
});
