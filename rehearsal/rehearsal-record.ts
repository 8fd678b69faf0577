import type { Posture } from "../definition/posture.ts";
import type { Breach } from "../definition/thresholds.ts";
import type { DataAccount } from "./world/data/data-account.ts";
import type { MessageTotals } from "./world/monitoring/notification-sink.ts";

/** How a rehearsal ended. */
export type Outcome = "completed" | "rolled-back" | "refused";

/** What `cutover rehearse --json` prints. All spans in milliseconds of cutover time unless they say otherwise. */
export interface RehearsalResult {
  readonly system: string;
  readonly engine: "embedded" | "pulumi";
  readonly seed: number;
  /** Digest of the settled definition that was rehearsed. */
  readonly definition: string;
  /** When it began, wall time, ISO 8601 UTC. */
  readonly ranAt: string;
  readonly outcome: Outcome;
  readonly stages: readonly StageResult[];
  readonly rollback: RollbackResult | null;
  readonly requests: RequestTotals;
  /** What became of the writes of these requests; null with one database. */
  readonly data: DataAccount | null;
  /** How long writes were frozen; null with one database. */
  readonly freeze: FreezeResult | null;
  /** For how long users had nothing. */
  readonly downtime: DowntimeResult;
  /** What alarms sent to people. */
  readonly messages: MessageTotals;
  readonly violations: readonly ViolationResult[];
  /** What the injected faults had declared, and whether it happened. */
  readonly expectation: Expectation;
}

/** One stage that traffic reached. */
export interface StageResult {
  readonly stage: string;
  readonly posture: Posture;
  readonly operations: Operations;
  /** URNs that the stage's update created, updated, replaced or deleted. */
  readonly changed: readonly string[];
  /** How long the update took, wall time. */
  readonly milliseconds: number;
  readonly observed: Observed;
}

export interface Operations {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly same: number;
}

/** What the load saw while the stage carried its traffic. */
export interface Observed {
  readonly requests: number;
  readonly failed: number;
  /** Parts of all answered requests, 0–1. */
  readonly share: { readonly blue: number; readonly green: number };
  readonly p95Milliseconds: number;
}

export interface RollbackResult {
  /** What ordered it: a threshold's name, or `commander`. */
  readonly trigger: string;
  /** From the first bad request to the trigger. */
  readonly detectedMilliseconds: number;
  /** From the trigger to all observed requests on the safe side and healthy. */
  readonly restoredMilliseconds: number;
  readonly budgetMilliseconds: number;
  /** The parts of `restoredMilliseconds`; they add up to it. */
  readonly parts: RollbackParts;
}

export interface RollbackParts {
  /** From the trigger until the operator's command begins. */
  readonly decide: number;
  /** Until the gates have let the move through. */
  readonly gates: number;
  /** Until the traffic resource is written. */
  readonly apply: number;
  /** Until the last request that green answered. */
  readonly effective: number;
  /** Until every request is answered well by the safe side. */
  readonly healthy: number;
}

/** sent = ok + failed + lost + maintenance. */
export interface RequestTotals {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly lost: number;
  readonly maintenance: number;
}

/** All freezes of a rehearsal together. */
export interface FreezeResult {
  readonly milliseconds: number;
  /** What the plan allows. */
  readonly budgetMilliseconds: number;
}

/** The time in which nobody was answered well; a freeze of writes, in which reads go on, is not in it. */
export interface DowntimeResult {
  readonly milliseconds: number;
  /** What the plan allows; null where it sets no limit. */
  readonly budgetMilliseconds: number | null;
}

export interface ViolationResult {
  readonly policy: string;
  readonly system: string;
  readonly message: string;
}

export interface Expectation {
  readonly outcome: Outcome;
  readonly met: boolean;
  /** What differed, one sentence each; empty when met. */
  readonly differences: readonly string[];
}

/** The result together with everything that a report draws. Instants are cutover time in epoch milliseconds. */
export interface RehearsalRecord extends RehearsalResult {
  readonly title: string;
  readonly document: string;
  readonly speed: number;
  readonly beganAt: number;
  readonly endedAt: number;
  /** Wall time of the whole rehearsal, milliseconds. */
  readonly wallMilliseconds: number;
  readonly versions: { readonly blue: string; readonly green: string };
  readonly thresholds: readonly ThresholdLine[];
  readonly faults: readonly InjectedFault[];
  /** Spans in which the cutover clock ran faster than the wall. */
  readonly fast: readonly { readonly from: number; readonly to: number; readonly rate: number }[];
  readonly timeline: readonly TimelineEntry[];
  readonly gates: readonly GateReading[];
  readonly shares: readonly ShareReading[];
  readonly series: Series;
}

export interface ThresholdLine {
  readonly name: string;
  readonly title: string;
  readonly limit: number;
  readonly unit: "%" | "ms" | "count" | "/s";
  readonly breach: Breach;
}

export interface InjectedFault {
  readonly name: string;
  readonly stage: string;
  readonly sentence: string;
  readonly at: number;
}

export interface TimelineEntry {
  readonly at: number;
  /** End, for what lasted. */
  readonly until?: number;
  readonly kind: "update" | "soak" | "stage" | "fault" | "alarm" | "refusal" | "rollback" | "note";
  readonly title: string;
}

/** All gates of one attempted move. */
export interface GateReading {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly verdicts: readonly {
    readonly rule: string;
    readonly sentence: string;
    readonly outcome: "passed" | "refused" | "not-applicable";
    readonly message: string;
  }[];
}

/** Green's share at a stage: as set, as seen, and the 99.9 % interval in which it had to lie (0–1). */
export interface ShareReading {
  readonly stage: string;
  readonly set: number;
  readonly seen: number;
  readonly low: number;
  readonly high: number;
  readonly requests: number;
}

/** One point a step; every list has the length of `at`. A `null` is a step without an answer. */
export interface Series {
  readonly stepMilliseconds: number;
  readonly at: readonly number[];
  /** Requests per wall second, by who answered. */
  readonly blue: readonly number[];
  readonly green: readonly number[];
  readonly unanswered: readonly number[];
  /** Share of requests without a good answer, percent. */
  readonly errorPercent: readonly (number | null)[];
  readonly blueP95: readonly (number | null)[];
  readonly greenP95: readonly (number | null)[];
  /** Green's weight in force, percent. */
  readonly greenWeight: readonly number[];
}
