import { Bail, type DeploymentContext } from "../deployment-context.ts";
import { dependenciesOf, type ResourceState } from "../values/resource-state.ts";
import { isProviderType, stackType } from "../values/urn.ts";
import type { RegisteredUrns } from "./registered-urns.ts";
import type { EngineStep, Registration } from "./step.ts";

/** True if the resource may change. Providers and the stack itself always may: without them nothing else could. */
export function isTargeted({ targets }: DeploymentContext, { urn, type }: ResourceState): boolean {
  return targets === undefined || targets.has(urn) || isProviderType(type) || type === stackType;
}

/** The step of a resource that would be created, were it a target. */
export function skipCreate(seen: RegisteredUrns, { urn, next, settle }: Registration): EngineStep {
  seen.skippedCreates.add(urn);
  return {
    operation: "same",
    urn,
    old: undefined,
    next,
    changedKeys: [],
    settle,
    skippedCreate: true,
  };
}

/**
 * A resource that is no target stays as it is, together with what it depends on.
 * @throws if the provider that it had has not been registered
 */
export function untouched(
  { olds, providers }: DeploymentContext,
  seen: RegisteredUrns,
  { urn, settle }: Registration,
  old: ResourceState,
): readonly EngineStep[] {
  if (old.provider !== "" && providers.get(old.provider) === undefined) {
    throw new Error(
      `provider ${old.provider} for resource ${urn} has not been registered yet, this is due to a change of ` +
        "providers mixed with --target. Change your program back to the original providers",
    );
  }
  const steps: EngineStep[] = [];
  const carry = (state: ResourceState): void => {
    if (state.delete) {
      return;
    }
    seen.handled.add(state.urn);
    for (const dependency of dependenciesOf(state)) {
      const dependencyState = olds.get(dependency);
      if (dependencyState !== undefined && !seen.isOperatedOn(dependency)) {
        seen.urns.add(dependency);
        carry(dependencyState);
      }
    }
    steps.push(untargetedSame(state, state === old ? settle : undefined));
  };
  carry(old);
  seen.handled.add(urn);
  return steps;
}

/** Carries a resource over as the state has it. */
export function untargetedSame(old: ResourceState, settle?: Registration["settle"]): EngineStep {
  const step: EngineStep = {
    operation: "same",
    urn: old.urn,
    old,
    next: { ...old, id: "" },
    changedKeys: [],
    untargeted: true,
  };
  return settle === undefined ? step : { ...step, settle };
}

/** Refuses a resource that needs one which was not created. @throws Bail unless it is a preview */
export function refuseSkippedDependencies(
  { log, dryRun, targets }: DeploymentContext,
  seen: RegisteredUrns,
  { next, skippedCreate }: EngineStep,
): void {
  if (targets === undefined || next === undefined || skippedCreate === true) {
    return;
  }
  for (const dependency of dependenciesOf(next)) {
    if (seen.skippedCreates.has(dependency)) {
      const message = `Resource '${next.urn}' depends on '${dependency}' which was was not specified in --target list.`;
      log.error(message, next.urn);
      if (!dryRun) {
        throw new Bail(message);
      }
    }
  }
}

/** Targets that are neither in the state nor in the program. */
export function unknownTargets(
  { targets, olds }: DeploymentContext,
  seen: RegisteredUrns,
): readonly string[] {
  return [...(targets ?? [])].filter((urn) => !olds.has(urn) && !seen.urns.has(urn));
}
