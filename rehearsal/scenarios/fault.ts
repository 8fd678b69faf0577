import type { SystemDefinition } from "../../definition/system.ts";
import type { SigningMistake } from "../people/signing-mistake.ts";
import type { Outcome } from "../rehearsal-record.ts";
import type { Disturbance } from "../world/disturbance.ts";

/** What a person does that the plan does not say. */
export type Misstep =
  /** Sets the value of the stage after the next. */
  | "skips a stage"
  /** Goes back by hand at the end of a stage, and comes up again. */
  | "turns back"
  /** The process that updates is killed before it has finished. */
  | "is killed while updating"
  /** Those who sign, or somebody with what they have signed. */
  | SigningMistake;

/** What a rehearsal with the fault must show; it checks that itself. */
export interface Expected {
  readonly outcome: Outcome;
  /** Why, in a sentence for people. */
  readonly because: string;
  /** Rules of which at least one must refuse. */
  readonly refusedBy?: readonly string[];
  /** Thresholds of which one must trigger the rollback. */
  readonly triggeredBy?: readonly string[];
  /** Whether the update itself must fail first. */
  readonly updateFails?: true;
  /** Whether a stage must be reached for a second time. */
  readonly comesAgain?: true;
  /** Whether messages to people must not have arrived. */
  readonly messagesLost?: true;
}

/** Something that goes wrong, by name, with the figures that it needs for one system. */
export interface Fault {
  readonly name: string;
  readonly sentence: string;
  /** The stages at which it means anything; none where the system lacks what would go wrong. */
  readonly stages: readonly string[];
  /** `into`: before the update that moves into the stage. `during`: while the stage carries its traffic. */
  readonly moment: "into" | "during";
  readonly disturbances: readonly Disturbance[];
  readonly misstep?: Misstep;
  readonly expects: Expected;
}

/** Faults of one subject, as they are for a system. */
export type FaultsOf = (system: SystemDefinition) => readonly Fault[];

/** A fault at a stage, as a person asked for it. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly stage: string;
}
