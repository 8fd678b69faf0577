import type { Registry } from "prom-client";

/** An answer to one request. */
export interface Answered {
  /** HTTP status; 0 is a connection reset without an answer. */
  readonly code: number;
  readonly milliseconds: number;
  /** The call as the application declares it, `GET /orders/{id}`. */
  readonly call: string;
  /** Whether it only said that writes are frozen, or that the system is under maintenance. */
  readonly unavailable: boolean;
}

/** What one pod says of the requests that it answered. */
export interface RequestReporter {
  /** Counts an answer. */
  answered(answer: Answered): void;
  /** Counts a payment that a request asked for; only what sees inside of an application can. */
  charged?(payment: { readonly failed: boolean }): void;
}

/** Makes a reporter whose metrics stand in a pod's registry. */
export type StartReporter<Options> = (options: Options, registry: Registry) => RequestReporter;
