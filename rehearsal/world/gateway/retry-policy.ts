import { istioDuration } from "./istio-duration.ts";
import type { HttpRoute } from "./virtual-service.ts";

/** What one try came to: an answer, or why there is none. */
export type TryOutcome =
  | { readonly kind: "answer"; readonly status: number }
  | { readonly kind: "connect-failure" | "reset" | "timeout" };

export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  readonly perTryTimeoutMilliseconds: number | undefined;
  /** Whether such an outcome is tried again. */
  retriable(outcome: TryOutcome): boolean;
}

/** Istio's policy for routes that name none: two retries where the request cannot have been served. */
const ISTIO_DEFAULT = "connect-failure,refused-stream,unavailable,cancelled";
const GATEWAY_ERRORS: readonly number[] = [502, 503, 504];

const covers = (condition: string, outcome: TryOutcome): boolean => {
  const failed = outcome.kind !== "answer";
  const status = outcome.kind === "answer" ? outcome.status : 0;
  switch (condition) {
    case "5xx":
      return failed || status >= 500;
    case "gateway-error":
      return failed || GATEWAY_ERRORS.includes(status);
    case "reset":
    case "reset-before-request":
      return failed;
    case "connect-failure":
      return outcome.kind === "connect-failure";
    case "retriable-4xx":
      return status === 409;
    default:
      // A bare status code; `refused-stream` and gRPC's conditions never occur over HTTP/1.1.
      return status !== 0 && condition === String(status);
  }
};

/** The retry policy of a route, in Envoy's meaning. */
export const retryPolicy = ({ retries }: HttpRoute): RetryPolicy => {
  const conditions = (retries?.retryOn ?? ISTIO_DEFAULT).split(",").map((each) => each.trim());
  return {
    retries: retries?.attempts ?? 2,
    perTryTimeoutMilliseconds:
      retries?.perTryTimeout === undefined ? undefined : istioDuration(retries.perTryTimeout),
    retriable: (outcome) => conditions.some((condition) => covers(condition, outcome)),
  };
};

/** Envoy's jittered exponential back-off before the nth retry, in milliseconds: below 25, 75, 175, … 250. */
export const retryBackOff = (retry: number, random: () => number): number =>
  random() * Math.min(250, 25 * (2 ** retry - 1));
