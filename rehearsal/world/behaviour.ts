/** How the pods of one side behave. Faults change it; pods read it at each request. */
export interface Behaviour {
  /** Share of requests answered with 500, 0–1. */
  errorShare: number;
  /** Share of the requests of one kind answered with 500, 0–1, by the name that the example has for it. */
  failingRequests: Readonly<Record<string, number>>;
  /** Share of payments that cannot be processed, 0–1; who asked for one is answered 500. */
  paymentErrorShare: number;
  /** Share of requests whose connection is reset without an answer, 0–1. */
  resetShare: number;
  /** Added to every answer, milliseconds. */
  extraLatencyMilliseconds: number;
  /** Adds to the CPU use that the load itself causes, percent of the limit. */
  extraCpuPercent: number;
  /** Grows the memory in use by so much per cutover minute, percent of the limit. */
  memoryGrowthPercentPerMinute: number;
  /** Where that growth ends, percent of the limit. */
  memoryCeilingPercent: number;
  /** Pods start and never turn ready. */
  neverReady: boolean;
  /** The health checks of a load balancer are answered 503, as by an application that does not know their host. */
  failsBalancerChecks: boolean;
  /** Pods exit shortly after they started, and are restarted with growing back-off. */
  crashing: boolean;
}

export const healthyBehaviour = (): Behaviour => ({
  errorShare: 0,
  failingRequests: {},
  paymentErrorShare: 0,
  resetShare: 0,
  extraLatencyMilliseconds: 0,
  extraCpuPercent: 0,
  memoryGrowthPercentPerMinute: 0,
  memoryCeilingPercent: 100,
  neverReady: false,
  failsBalancerChecks: false,
  crashing: false,
});

export type Side = "blue" | "green";
