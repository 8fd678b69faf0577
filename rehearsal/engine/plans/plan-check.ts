import type { PropertyMap } from "../values/property-values.ts";
import { unknownString } from "../values/property-wire.ts";
import { noTimeouts, type Goal, type ResourceState } from "../values/resource-state.ts";
import { nameOf, parseProviderReference } from "../values/urn.ts";
import type { StepOperation } from "../steps/step.ts";
import { noPlanDiff, type GoalPlan, type Plan } from "./plan.ts";
import { diffViolation } from "./plan-diff.ts";

/** The update wants to go beyond its plan. */
export class PlanViolated extends Error {
  override readonly name = "PlanViolated";
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
