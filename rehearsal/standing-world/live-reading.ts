import type { AppliedWeights } from "../world/gateway.ts";

/** Green's share as seen, beside the 99.9 % interval around the weight set; all 0–1. */
export interface LiveShare {
  readonly seen: number;
  readonly low: number;
  readonly high: number;
  /** Answers that it rests on. */
  readonly requests: number;
}

/** What a second of a standing world looked like. Times are cutover time, milliseconds since the epoch. */
export interface LiveReading {
  readonly at: number;
  /** Wall time, milliseconds since the epoch. */
  readonly wallAt: number;
  /** Cutover seconds per wall second. */
  readonly rate: number;
  /** Weights by which requests are routed, percent. */
  readonly weights: AppliedWeights;
  /** Requests per wall second in that second; undefined before the load begins. */
  readonly second:
    | {
        readonly blue: number;
        readonly green: number;
        /** Without an answer so far. */
        readonly unanswered: number;
        /** Of those that came to an end, percent that got no good answer; null where none did. */
        readonly errorPercent: number | null;
        readonly blueP95: number | null;
        readonly greenP95: number | null;
        /** Null where neither side answered. */
        readonly share: LiveShare | null;
      }
    | undefined;
  /** The last half minute of wall time, or what has passed of it since the weights changed. */
  readonly lately:
    | {
        readonly share: LiveShare;
        readonly errorPercent: number;
        readonly p95Milliseconds: number | null;
      }
    | undefined;
  readonly alarms: readonly { readonly threshold: string; readonly state: string }[];
  /** Stage of the ledger's last entry; undefined before the first. */
  readonly stage: string | undefined;
  /** When that stage has soaked. */
  readonly carriesUntil: number | undefined;
  /** Process that works on the stack. */
  readonly updating: number | undefined;
  /** The ledger's last entries, newest first. */
  readonly moves: readonly { readonly at: string; readonly from: string; readonly to: string }[];
  readonly requests: { readonly sent: number; readonly failed: number } | undefined;
}
