import type { ExampleRequest } from "../../definition/rehearsal-example.ts";
import type { Side } from "../world/behaviour.ts";
import type { Outcome } from "./outcome.ts";

/** How arrivals are spaced: independently of one another, as users are, or evenly. */
export type Spacing = "poisson" | "even";

export interface LoadConfiguration {
  readonly gatewayUrl: string;
  readonly requests: readonly ExampleRequest[];
  readonly seed: number;
  /** Open-loop arrivals per wall second. */
  readonly requestsPerSecond: number;
  readonly spacing: Spacing;
  /** Wall milliseconds after which a client gives a request up: it has failed. */
  readonly timeoutMilliseconds: number;
  /** Wall milliseconds after which the process ends by itself. */
  readonly maximumMilliseconds: number;
}

/** Number, index of the call, wall milliseconds since the epoch. Numbers count up from 0. */
export type SentRow = readonly [number: number, call: number, sentWall: number];

/** Status 0 means that there was no answer. */
export type FinishedRow = readonly [
  number: number,
  outcome: Outcome,
  side: Side | null,
  status: number,
  latencyMilliseconds: number,
];

export type ToLoad =
  | { readonly type: "start"; readonly configuration: LoadConfiguration }
  | { readonly type: "rate"; readonly requestsPerSecond: number }
  | { readonly type: "flush"; readonly token: number }
  /** Sends nothing more; what is open after so many milliseconds is lost. */
  | { readonly type: "stop"; readonly drainMilliseconds: number };

export type FromLoad =
  | { readonly type: "ready" }
  | {
      readonly type: "batch";
      readonly sent: readonly SentRow[];
      readonly finished: readonly FinishedRow[];
      /** References of writes that were answered well. */
      readonly written: readonly string[];
    }
  | { readonly type: "flushed"; readonly token: number }
  | { readonly type: "stopped" };
