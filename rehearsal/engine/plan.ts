import { diffMaps, deepEquals, type MapDiff } from "./property-diff.ts";
import { Unknown, type PropertyMap, type PropertyValue } from "./property-values.ts";
import { unknownString } from "./property-wire.ts";
import type { Alias, CustomTimeouts, Goal, ResourceState } from "./resource-state.ts";
import { noTimeouts } from "./resource-state.ts";
import type { StepOperation } from "./step.ts";
import { nameOf, parseProviderReference } from "./urn.ts";

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

/** The update wants to go beyond its plan. */
export class PlanViolated extends Error {
  override readonly name = "PlanViolated";
}

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

/**
 * Uses up the plan's next operation on a resource.
 * @throws PlanViolated if it allows less than the step does
 */
export function constrain(plan: Plan, urn: string, operation: StepOperation): void {
  const resourcePlan = plan.get(urn);
  const planned = resourcePlan?.operations.shift();
  if (resourcePlan === undefined) {
    if (operation !== "same") {
      throw new PlanViolated(
        `${operation} is not allowed by the plan: no steps were expected for this resource`,
      );
    }
  } else if (planned === undefined) {
    throw new PlanViolated(
      `${operation} is not allowed by the plan: no more steps were expected for this resource`,
    );
  } else if (!allows(planned, operation)) {
    throw new PlanViolated(
      `${operation} is not allowed by the plan: this resource is constrained to ${planned}`,
    );
  }
}

function allows(planned: StepOperation, operation: StepOperation): boolean {
  switch (planned) {
    case "create":
      return operation === "same" || operation === "create";
    case "update":
      return operation === "same" || operation === "update";
    case "replace":
    case "create-replacement":
    case "delete-replaced":
      return operation === "same" || operation === "update" || operation === planned;
    default:
      return operation === planned;
  }
}

/** Checks a goal against the plan, or against the state where the plan does not name the resource. @throws PlanViolated */
export function checkGoal(
  plan: Plan,
  urn: string,
  goal: Goal,
  old: ResourceState | undefined,
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
): void {
  const resourcePlan = plan.get(urn);
  if (resourcePlan === undefined && old === undefined) {
    return; // The create itself is refused when its step is checked.
  }
  const expected =
    resourcePlan === undefined && old !== undefined ? unchanged(old) : resourcePlan?.goal;
  const violation =
    expected === undefined
      ? "resource unexpectedly not deleted"
      : (goalViolation(expected, goal) ?? diffViolation(expected.inputDiff, oldInputs, newInputs));
  if (violation !== undefined) {
    throw new PlanViolated(`resource ${urn} violates plan: ${violation}`);
  }
}

/** Checks registered outputs against the plan. @throws PlanViolated */
export function checkOutputs(
  plan: Plan,
  urn: string,
  oldOutputs: PropertyMap,
  newOutputs: PropertyMap,
): void {
  const resourcePlan = plan.get(urn);
  if (resourcePlan?.goal === undefined) {
    throw new PlanViolated(`no plan for resource ${urn}`);
  }
  const violation = diffViolation(resourcePlan.goal.outputDiff, oldOutputs, newOutputs);
  if (violation !== undefined) {
    throw new PlanViolated(`resource ${urn} violates plan: ${violation}`);
  }
}

function unchanged(old: ResourceState): GoalPlan {
  return {
    type: old.type,
    name: nameOf(old.urn),
    custom: old.custom,
    inputDiff: noPlanDiff,
    outputDiff: noPlanDiff,
    parent: old.parent,
    protect: old.protect,
    dependencies: old.dependencies,
    provider: old.provider,
    propertyDependencies: old.propertyDependencies,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    additionalSecretOutputs: old.additionalSecretOutputs,
    aliases: old.aliases.map((urn) => ({ urn })),
    customTimeouts: old.customTimeouts,
  };
}

function goalViolation(expected: GoalPlan, goal: Goal): string | undefined {
  if (expected.custom !== goal.custom) {
    return `resource kind changed (expected ${expected.custom ? "custom" : "component"})`;
  }
  if (!sameProvider(expected.provider, goal.provider)) {
    return `provider changed (expected ${expected.provider})`;
  }
  if (expected.parent !== goal.parent) {
    return `parent changed (expected ${expected.parent})`;
  }
  if (expected.protect !== (goal.protect ?? false)) {
    return `protect changed (expected ${String(expected.protect)})`;
  }
  if (expected.deleteBeforeReplace !== goal.deleteBeforeReplace) {
    return `deleteBeforeReplace changed (expected ${String(expected.deleteBeforeReplace ?? "no value")})`;
  }
  const timeouts = { ...noTimeouts, ...expected.customTimeouts };
  for (const kind of ["create", "update", "delete", "read"] as const) {
    if (timeouts[kind] !== goal.customTimeouts[kind]) {
      return `${kind} timeout changed (expected ${timeouts[kind]})`;
    }
  }
  for (const [key, urns] of Object.entries(expected.propertyDependencies)) {
    const now = goal.propertyDependencies[key];
    const change = now === undefined ? undefined : setChange(urns, now);
    if (change !== undefined) {
      return `dependencies for ${key} changed: ${change}`;
    }
  }
  const sets: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["ignoreChanges", expected.ignoreChanges, goal.ignoreChanges],
    ["additionalSecretOutputs", expected.additionalSecretOutputs, goal.additionalSecretOutputs],
    ["dependencies", expected.dependencies, goal.dependencies],
    [
      "aliases",
      expected.aliases.map((alias) => JSON.stringify(alias)),
      goal.aliases.map((alias) => JSON.stringify(alias)),
    ],
  ];
  for (const [name, before, now] of sets) {
    const change = setChange(before, now);
    if (change !== undefined) {
      return `${name} changed: ${change}`;
    }
  }
  return undefined;
}

/** A provider that was yet to be created had no id when the plan was made. */
function sameProvider(expected: string, actual: string): boolean {
  if (expected === actual) {
    return true;
  }
  if (expected === "" || actual === "") {
    return false;
  }
  const before = parseProviderReference(expected);
  return before.urn === parseProviderReference(actual).urn && before.id === unknownString;
}

function setChange(before: readonly string[], now: readonly string[]): string | undefined {
  const added = now.filter((element) => !before.includes(element)).sort();
  const deleted = before.filter((element) => !now.includes(element)).sort();
  const parts = [
    ...(added.length > 0 ? [`added ${added.join(", ")}`] : []),
    ...(deleted.length > 0 ? [`deleted ${deleted.join(", ")}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

const promised = (expected: PropertyValue, actual: PropertyValue): boolean =>
  deepEquals(expected, actual, { unknownsMatch: true });

/** What of the change from `olds` to `news` the plan does not allow, or demanded in vain. */
function diffViolation(
  planned: PlanDiff,
  olds: PropertyMap,
  news: PropertyMap,
): string | undefined {
  const diff = diffMaps(olds, news, { unknownsMatch: true }) ?? noPlanDiff;
  const wrong = new Set<string>();
  for (const [key, actual] of Object.entries(diff.adds)) {
    const expected = planned.adds[key];
    if (expected === undefined || !promised(expected, actual)) {
      wrong.add(`+${key}`);
    }
  }
  for (const [key, actual] of Object.entries(diff.updates)) {
    const expected = planned.updates[key] ?? planned.adds[key];
    if (expected === undefined || !promised(expected, actual)) {
      wrong.add(`~${key}`);
    }
  }
  for (const key of diff.deletes) {
    if (!planned.deletes.includes(key) && !(planned.updates[key] instanceof Unknown)) {
      wrong.add(`-${key}`);
    }
  }
  const inDiff = (key: string): boolean => key in diff.adds || key in diff.updates;
  for (const [key, expected] of Object.entries({ ...planned.adds, ...planned.updates })) {
    const actual = news[key];
    if (
      actual === undefined
        ? !(expected instanceof Unknown)
        : !inDiff(key) && !promised(expected, actual)
    ) {
      wrong.add(actual === undefined ? `-${key}` : `=${key}`);
    }
    if (key in planned.updates && key in diff.adds) {
      wrong.add(`+${key}`);
    }
  }
  for (const key of planned.deletes) {
    if (!diff.deletes.includes(key) && news[key] !== undefined) {
      wrong.add(`=${key}`);
    }
  }
  return wrong.size === 0 ? undefined : `properties changed: ${[...wrong].sort().join(", ")}`;
}
