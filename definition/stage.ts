import type { Posture } from "./posture.ts";
import type { Duration } from "./units.ts";

/** Where rolling back from a stage lands, and how long traffic may take to be safe and healthy again. */
export interface WayBack<StageName extends string = string> {
  readonly to: StageName;
  /** From the trigger to all observed requests on the safe side and healthy. */
  readonly within: Duration;
}

/** Why there is no way back from a stage, and what to do instead. */
export interface NoWayBack {
  readonly refused: string;
  readonly wayForward: string;
}

/** What must be true before the next stage may begin. */
export interface ExitCriteria {
  /** How long the stage carries its traffic at the least. */
  readonly soak?: Duration;
  /** Requests that green must have answered during the soak, so that its thresholds mean something. */
  readonly greenRequests?: number;
  /** Name of the checkpoint that decides. */
  readonly checkpoint?: string;
  /** Roles that sign, each a different person. */
  readonly signedBy?: readonly string[];
  /** Names of the checklists that must be complete. */
  readonly checklists?: readonly string[];
  /** Facts in words that a person or a command establishes, for the runbook. */
  readonly facts?: readonly string[];
}

/** One rung of the ladder. */
export interface Stage<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  /** The config values that a person sets for this stage; what is not named stays as in the stage before. */
  readonly set: Posture;
  /** What follows from those values and is never config. */
  readonly follows?: Posture;
  /** When the plan begins this stage, relative to T-0 (negative: before). */
  readonly begins?: Duration;
  /** How long the move into the stage may take. */
  readonly shift?: Duration;
  readonly leave?: ExitCriteria;
  /** Where this stage differs from the system's own way back. */
  readonly rollback?: WayBack | NoWayBack;
}

/** Declares one rung. */
export const stage = <const Name extends string>(
  name: Name,
  rung: Omit<Stage, "name">,
): Stage<Name> => ({ name, ...rung });

/** Declares that a stage cannot be left backwards, with the way forward. */
export const noWayBack = (refused: string, wayForward: string): NoWayBack => ({
  refused,
  wayForward,
});
