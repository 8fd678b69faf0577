import type { Goal, ResourceState } from "../values/resource-state.ts";

/** The operations by the names that Pulumi's plans give them. */
export type StepOperation =
  | "same"
  | "create"
  | "update"
  | "create-replacement"
  | "replace"
  | "delete"
  | "delete-replaced"
  | "discard"
  | "discard-replaced"
  | "remove-pending-replace"
  | "read"
  | "read-replacement";

/** How a registration ended, for the program. */
export interface Registered {
  readonly state: ResourceState;
  /** Nothing was created, as the resource is no target: its outputs are unknown. */
  readonly unknown: boolean;
}

/** One registration on its way to its steps. */
export interface Registration {
  readonly goal: Goal;
  readonly urn: string;
  /** The resource of the last update that it continues. */
  readonly old: ResourceState | undefined;
  readonly next: ResourceState;
  readonly settle: (registered: Registered) => void;
}

/** One thing to be done to one resource. */
export interface EngineStep {
  readonly operation: StepOperation;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState | undefined;
  /** Top-level inputs that differ. */
  readonly changedKeys: readonly string[];
  /** Tells the program that its registration is done. */
  readonly settle?: (registered: Registered) => void;
  /** A creation that was not done, as the resource is no target. */
  readonly skippedCreate?: boolean;
  /** Carried over as it stands, as the resource is no target. */
  readonly untargeted?: boolean;
  /** The old resource goes later, when nothing uses it any more. */
  readonly deleteOldLater?: boolean;
  /** The resource is deleted now and made anew by a later step. */
  readonly recreatedLater?: boolean;
}

/** What is deleted: a resource of ours, one that is only known, one that was replaced. */
export function deleteStep(
  old: ResourceState,
  replacing: boolean,
  recreatedLater = false,
): EngineStep {
  const operation = old.external
    ? replacing
      ? "discard-replaced"
      : "discard"
    : replacing
      ? "delete-replaced"
      : "delete";
  return { operation, urn: old.urn, old, next: undefined, changedKeys: [], recreatedLater };
}

/** The resource a step leaves behind or takes away. */
export function resourceOf(step: EngineStep): ResourceState {
  const state = step.next ?? step.old;
  if (state === undefined) {
    throw new Error(`a ${step.operation} of ${step.urn} concerns no resource`);
  }
  return state;
}
