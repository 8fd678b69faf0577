import { diffMaps, type MapDiff } from "../values/property-diff.ts";
import type { PropertyMap } from "../values/property-values.ts";
import type { Alias, CustomTimeouts, Goal } from "../values/resource-state.ts";
import type { StepOperation } from "../steps/step.ts";

/** What a plan allows to change in a property map. */
export type PlanDiff = MapDiff;
export const noPlanDiff: PlanDiff = { adds: {}, updates: {}, deletes: [] };

/** What was planned for one resource's goal. */
export interface GoalPlan {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputDiff: PlanDiff;
  outputDiff: PlanDiff;
  readonly parent: string;
  readonly protect: boolean;
  readonly dependencies: readonly string[];
  readonly provider: string;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly customTimeouts: CustomTimeouts;
}

/** What was planned for one resource. `operations` is used up while an update follows the plan. */
export interface ResourcePlan {
  goal: GoalPlan | undefined;
  readonly operations: StepOperation[];
  outputs: PropertyMap;
  seed: Uint8Array | undefined;
}

export type Plan = Map<string, ResourcePlan>;

/** A plan for a resource that nothing is known of yet. */
export function emptyResourcePlan(): ResourcePlan {
  return { goal: undefined, operations: [], outputs: {}, seed: undefined };
}

/** The plan of a goal, from the inputs as they were and as they will be. */
export function goalPlan(goal: Goal, oldInputs: PropertyMap, newInputs: PropertyMap): GoalPlan {
  return {
    type: goal.type,
    name: goal.name,
    custom: goal.custom,
    inputDiff: diffMaps(oldInputs, newInputs) ?? noPlanDiff,
    outputDiff: noPlanDiff,
    parent: goal.parent,
    protect: goal.protect ?? false,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    deleteBeforeReplace: goal.deleteBeforeReplace,
    ignoreChanges: goal.ignoreChanges,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    aliases: goal.aliases,
    customTimeouts: goal.customTimeouts,
  };
}
