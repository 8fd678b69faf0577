import type { Registry } from "prom-client";

/** What one pod says of the requests that it answered. */
export interface RequestReporter {
  /** Counts an answer; code 0 is a connection reset without one. */
  answered(code: number, milliseconds: number): void;
}

/** Makes a reporter whose metrics stand in a pod's registry. */
export type StartReporter<Options> = (options: Options, registry: Registry) => RequestReporter;
