import type { Posture } from "./posture.ts";
import type { Duration } from "./units.ts";

/** One step of the way back, for the runbook; the steps together fit into the budget. */
export interface RollbackStep {
  readonly title: string;
  readonly lasts: Duration;
}

/** Where rolling back from a stage lands, and how long traffic may take to be safe and healthy again. */
export interface WayBack<StageName extends string = string> {
  readonly to: StageName;
  /** From the trigger to all observed requests on the safe side and healthy. */
  readonly within: Duration;
  /** What the plan calls this procedure, for example `R1`. */
  readonly procedure?: string;
  readonly steps?: readonly RollbackStep[];
  /** What must hold for this way, in words: it is refused until whoever may order it has signed that it does. */
  readonly needs?: readonly string[];
  /** Past this time from T-0 the way is closed. */
  readonly until?: { readonly fromStart: Duration } & NoWayBack;
  /** Longer ways, each with the finding that calls for it. */
  readonly otherwise?: readonly OtherWayBack<StageName>[];
}

/** A way back that is taken instead when `when` is found. */
export interface OtherWayBack<StageName extends string = string> extends Omit<
  WayBack<StageName>,
  "otherwise"
> {
  readonly when: string;
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
  /** Name of the checkpoint that decides, or of each where several must pass. */
  readonly checkpoint?: string | readonly string[];
  /** Roles that sign, each a different person. */
  readonly signedBy?: readonly string[];
  /** Whether they sign one after another, as listed. */
  readonly signedInOrder?: boolean;
  /** Names of the checklists that must be complete. */
  readonly checklists?: readonly string[];
  /** Names of the data checks whose figure must be right. */
  readonly data?: readonly string[];
  /** A rehearsal of this very definition, with a rollback from the next stage, and how old it may be. */
  readonly rehearsed?: { readonly notOlderThan: Duration };
  /** Facts in words that a person or a command establishes, for the runbook. */
  readonly facts?: readonly string[];
}

/** Something that happens inside the move into a stage: too short for a person to dwell on. */
export interface Passage {
  readonly name: string;
  readonly title: string;
  /** What holds meanwhile. */
  readonly follows?: Posture;
  /** Time that it may take; past it the passage has failed. */
  readonly within: Duration;
  /** What happens when it fails, in words. */
  readonly otherwise: string;
}

/** One rung of the ladder. `Landing` is the stage that its own way back lands on. */
export interface Stage<Name extends string = string, Landing extends string = string> {
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
  /** Why the calendar does not bind the move into the stage, where it does not. */
  readonly anyTime?: string;
  /** How much of its window must be left when the move begins, so that the night ends inside of it. */
  readonly timeLeft?: Duration;
  /** What happens inside the move, in this order. */
  readonly passages?: readonly Passage[];
  readonly leave?: ExitCriteria;
  /** Where this stage differs from the system's own way back. */
  readonly rollback?: WayBack<Landing> | NoWayBack;
  /** Who may order that way back, where it is not who may order the system's own. */
  readonly authority?: RollbackAuthority;
}

/** Who may order the way back. */
export interface RollbackAuthority<RoleName extends string = string> {
  readonly by: readonly RoleName[];
  /** Whether all of them are needed, each a different person, or any one; any one unless said. */
  readonly quorum?: "any" | "all";
  /** Whether an alarm whose breach means "roll back" is authority enough while it fires. */
  readonly alarmSuffices: boolean;
  /** A decision that is due and not taken within this time counts as the order to roll back. */
  readonly silenceOrdersAfter?: Duration;
}

/** Declares one rung. */
export const stage = <const Name extends string, const Landing extends string = never>(
  name: Name,
  rung: Omit<Stage<string, Landing>, "name">,
): Stage<Name, Named<Landing>> =>
  // A rung without a way back of its own lands nowhere, which `Named` says and inference does not.
  ({ name, ...rung }) as Stage<Name, Named<Landing>>;

/** The stage that is named, if one is: inference says `string` where nothing is. */
type Named<Landing extends string> = string extends Landing ? never : Landing;

/** Declares that a stage cannot be left backwards, with the way forward. */
export const noWayBack = (refused: string, wayForward: string): NoWayBack => ({
  refused,
  wayForward,
});
