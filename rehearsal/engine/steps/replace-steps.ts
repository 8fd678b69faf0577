import {
  ensureProvider,
  providerOf,
  refuse,
  type DeploymentContext,
} from "../deployment-context.ts";
import { emptyResourcePlan } from "../plans/plan.ts";
import { changedKeys } from "../values/property-diff.ts";
import { propertyMapOf, unknown } from "../values/property-values.ts";
import type { ResourceState } from "../values/resource-state.ts";
import { parseProviderReference } from "../values/urn.ts";
import { dependentsOf } from "./dependency-graph.ts";
import type { RegisteredUrns } from "./registered-urns.ts";
import { askProvider, withReplaceOnChanges } from "./resource-diff.ts";
import { deleteStep, type EngineStep, type Registration } from "./step.ts";

/** The new resource first; the old one goes when nothing uses it any more. */
export function replaceBeforeDelete(
  { urn, old, next, settle }: Registration,
  keys: readonly string[],
): readonly EngineStep[] {
  const step = { urn, old, next, changedKeys: keys };
  return [
    { ...step, operation: "create-replacement", settle, deleteOldLater: true },
    { ...step, operation: "replace" },
  ];
}

/** A resource whose old one was deleted early in this update is made anew. */
export function recreate(
  seen: RegisteredUrns,
  { urn, old, next, settle }: Registration,
): readonly EngineStep[] {
  seen.deleted.delete(urn);
  seen.replaced.add(urn);
  const step = { urn, old, next, changedKeys: changedKeys(old?.inputs ?? {}, next.inputs) };
  return [
    { ...step, operation: "replace" },
    { ...step, operation: "create-replacement", settle },
  ];
}

/** The old resource goes first, and with it what cannot stand without it. @throws Bail if one of them is protected */
export async function deleteBeforeReplace(
  context: DeploymentContext,
  seen: RegisteredUrns,
  { urn, old, next, settle }: Registration & { readonly old: ResourceState },
  keys: readonly string[],
): Promise<readonly EngineStep[]> {
  const steps: EngineStep[] = [];
  const condemn = (state: ResourceState): void => {
    steps.push(deleteStep(state, true, true));
    seen.deleted.add(state.urn);
  };
  for (const dependent of (await dependentReplacements(context, seen, old)).reverse()) {
    if (seen.pendingDeletes.has(dependent)) {
      continue;
    }
    if (dependent.protect) {
      refuse(
        context,
        urn,
        `unable to replace resource "${dependent.urn}" as part of replacing "${urn}" as it is currently marked for protection`,
      );
    }
    const { newPlan } = context;
    if (newPlan !== undefined && !newPlan.has(dependent.urn)) {
      newPlan.set(dependent.urn, emptyResourcePlan());
    }
    condemn(dependent);
    seen.pendingDeletes.add(dependent);
  }
  await ensureProvider(context, old.provider);
  if (!old.pendingReplacement) {
    condemn(old);
  }
  const step = { urn, old, next, changedKeys: keys };
  return [
    ...steps,
    { ...step, operation: "replace" },
    { ...step, operation: "create-replacement", settle },
  ];
}

/** The old resources that a change of `root` would replace in turn. */
async function dependentReplacements(
  context: DeploymentContext,
  seen: RegisteredUrns,
  root: ResourceState,
): Promise<ResourceState[]> {
  const replaced = new Set([root.urn]);
  const found: ResourceState[] = [];
  for (const state of dependentsOf(root, context.base.resources)) {
    if (!seen.isOperatedOn(state.urn) && (await isReplacedWith(context, state, replaced))) {
      replaced.add(state.urn);
      found.push(state);
    }
  }
  return found;
}

async function isReplacedWith(
  context: DeploymentContext,
  state: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<boolean> {
  if (!state.custom || state.external) {
    return false;
  }
  if (state.provider !== "" && replaced.has(parseProviderReference(state.provider).urn)) {
    return true;
  }
  if (replaced.has(state.deletedWith)) {
    return true;
  }
  const touched = (key: string): boolean =>
    (state.propertyDependencies[key] ?? []).some((urn) => replaced.has(urn));
  const keys = Object.keys(state.inputs);
  if (!keys.some(touched)) {
    return false;
  }
  const inputs = propertyMapOf(
    keys.map((key) => [key, touched(key) ? unknown : (state.inputs[key] ?? null)] as const),
  );
  const provider = await providerOf(context, state);
  const diff = await askProvider(provider, state, inputs, state.ignoreChanges);
  return withReplaceOnChanges(diff, state.replaceOnChanges).replaceKeys.length > 0;
}
