import type { Outcome, RehearsalRecord } from "./rehearsal-record.ts";

/** What a rehearsal tells while it runs. */
export type Progress =
  | { readonly kind: "preparing"; readonly what: string }
  | { readonly kind: "stage"; readonly stage: string; readonly title: string }
  /** What is being done at the stage now. */
  | { readonly kind: "doing"; readonly what: string }
  /** What the last minute looked like, while traffic is watched. */
  | { readonly kind: "watching"; readonly watched: Watched }
  /** Something worth a line of its own. */
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "reached"; readonly stage: string; readonly text: string }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly record: RehearsalRecord };

export interface Watched {
  /** Green's share in percent: as set, and as seen. */
  readonly set: number;
  readonly seen: number;
  /** Requests without a good answer, percent. */
  readonly errorPercent: number;
  readonly p95Milliseconds: number;
  /** Cutover time until the stage may be left. */
  readonly remainingMilliseconds: number;
  /** Cutover seconds per wall second. */
  readonly rate: number;
}
