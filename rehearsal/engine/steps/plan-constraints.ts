import type { DeploymentContext } from "../deployment-context.ts";
import { emptyResourcePlan, goalPlan } from "../plans/plan.ts";
import { constrain } from "../plans/plan-check.ts";
import type { PropertyMap } from "../values/property-values.ts";
import type { RegisteredUrns } from "./registered-urns.ts";
import type { EngineStep, Registration } from "./step.ts";

/** Notes a goal in the plan that a preview makes. */
export function recordGoal(
  { newPlan }: DeploymentContext,
  { goal, urn, next }: Registration,
  oldInputs: PropertyMap,
  seed: Uint8Array,
): void {
  if (newPlan !== undefined) {
    const known = newPlan.get(urn) ?? emptyResourcePlan();
    newPlan.set(urn, { ...known, seed, goal: goalPlan(goal, oldInputs, next.inputs) });
  }
}

/** Holds a step against the plan to follow, and notes it in the plan in the making. @throws PlanViolated */
export function holdToPlan(
  { plan, newPlan }: DeploymentContext,
  seen: RegisteredUrns,
  { urn, operation }: EngineStep,
): void {
  if (plan !== undefined) {
    constrain(plan, urn, operation);
  }
  if (newPlan !== undefined) {
    const current = seen.aliased.get(urn) ?? urn;
    const known = newPlan.get(current) ?? emptyResourcePlan();
    known.operations.push(operation);
    newPlan.set(current, known);
  }
}
