import { setTimeout as wait } from "node:timers/promises";
import type { PodEndpoint } from "../pods/pod-directory.ts";
import { retryBackOff, type RetryPolicy } from "./retry-policy.ts";
import type { ForwardedRequest, Try, UpstreamAnswer } from "./upstreams.ts";

export interface ForwardOptions {
  /** The pods that may be asked now, in the order of their turn. */
  readonly candidates: () => readonly PodEndpoint[];
  readonly send: (
    origin: string,
    request: ForwardedRequest,
    timeoutMilliseconds: number | undefined,
    signal: AbortSignal,
  ) => Promise<Try>;
  readonly retry: RetryPolicy;
  /** For all tries together. */
  readonly timeoutMilliseconds: number | undefined;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

/** What a forwarded request came to. */
export interface Forwarded {
  readonly status: number;
  /** Envoy's response flags; `-` when an answer of the application was passed on. */
  readonly flags: string;
  readonly answer: UpstreamAnswer | undefined;
  /** The pod that was asked last. */
  readonly pod: PodEndpoint | undefined;
}

const LOCAL_ANSWERS = {
  "connect-failure": { status: 503, flags: "UF" },
  reset: { status: 503, flags: "UC" },
  timeout: { status: 504, flags: "UT" },
} as const;

/** Nobody is there to answer: Istio reports code 0. */
const CALLER_GONE = { status: 0, flags: "DC", answer: undefined } as const;

const NO_HEALTHY_UPSTREAM: Forwarded = {
  status: 503,
  flags: "UH",
  answer: undefined,
  pod: undefined,
};

/** Sends a request to a pod, and to others when the route's retry policy says so, as Envoy does. */
export const forward = async (
  request: ForwardedRequest,
  { candidates, send, retry, timeoutMilliseconds, random, signal }: ForwardOptions,
): Promise<Forwarded> => {
  const deadline = performance.now() + (timeoutMilliseconds ?? Number.POSITIVE_INFINITY);
  const tried = new Set<PodEndpoint>();
  let last: Forwarded = NO_HEALTHY_UPSTREAM;
  for (let attempt = 0; ; attempt += 1) {
    const pods = candidates();
    // Istio's retry host predicate: another pod than the ones that failed, while there is one.
    const pod = pods.find((candidate) => !tried.has(candidate)) ?? pods[0];
    if (pod?.origin === undefined) return last;
    tried.add(pod);
    const left = Math.max(0, deadline - performance.now());
    const allowed = Math.min(left, retry.perTryTimeoutMilliseconds ?? Number.POSITIVE_INFINITY);
    const tryOnce = await send(
      pod.origin,
      request,
      Number.isFinite(allowed) ? allowed : undefined,
      signal,
    );
    if (signal.aborted) return { ...CALLER_GONE, pod };
    last =
      "answer" in tryOnce
        ? { status: tryOnce.answer.status, flags: "-", answer: tryOnce.answer, pod }
        : { ...LOCAL_ANSWERS[tryOnce.outcome.kind], answer: undefined, pod };
    const timedOut = performance.now() >= deadline;
    if (timedOut || attempt >= retry.retries || !retry.retriable(tryOnce.outcome)) return last;
    const pause = retryBackOff(attempt + 1, random);
    if (performance.now() + pause >= deadline)
      return { ...LOCAL_ANSWERS.timeout, answer: undefined, pod };
    await wait(pause);
  }
};
