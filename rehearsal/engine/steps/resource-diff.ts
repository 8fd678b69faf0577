import type { DeploymentContext } from "../deployment-context.ts";
import { changedKeys, mapsEqual } from "../values/property-diff.ts";
import { parsePropertyPath, pathContains } from "../values/property-path.ts";
import { withoutSecrets, type PropertyMap } from "../values/property-values.ts";
import { noDiff, type Provider, type ProviderDiff } from "../providers/provider.ts";
import type { Goal, ResourceState } from "../values/resource-state.ts";
import { parseProviderReference } from "../values/urn.ts";

/** What a change of inputs means for a resource. */
export interface ResourceDiff extends ProviderDiff {
  readonly changes: "none" | "some";
}

const replacing = (key: string): ResourceDiff => ({
  changes: "some",
  replaceKeys: [key],
  changedKeys: [key],
  deleteBeforeReplace: false,
});

/** Compares a resource as it is with what the program asks for. */
export async function diffResource(
  context: DeploymentContext,
  provider: Provider | undefined,
  goal: Goal,
  old: ResourceState,
  next: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<ResourceDiff> {
  if (next.deletedWith !== "" && replaced.has(next.deletedWith)) {
    return replacing("deletedWith");
  }
  if (old.provider !== next.provider && (await providerChanged(context, old, next))) {
    return replacing("provider");
  }
  if (provider === undefined) {
    return mapsEqual(old.inputs, next.inputs)
      ? { ...noDiff, changes: "none" }
      : { ...noDiff, changes: "some", changedKeys: changedKeys(old.inputs, next.inputs) };
  }
  return withReplaceOnChanges(
    await askProvider(provider, old, next.inputs, goal.ignoreChanges),
    goal.replaceOnChanges,
    old.initErrors.length > 0,
  );
}

/** What the provider says; where it cannot tell, the inputs decide. */
export async function askProvider(
  provider: Provider,
  old: ResourceState,
  newInputs: PropertyMap,
  ignoreChanges: readonly string[],
): Promise<ResourceDiff> {
  const diff = await provider.diff({
    urn: old.urn,
    id: old.id,
    oldInputs: old.inputs,
    oldOutputs: old.outputs,
    newInputs,
    ignoreChanges,
  });
  const plainKeys = changedKeys(plain(old.inputs), plain(newInputs));
  if (diff.changes === "unknown") {
    return plainKeys.length === 0
      ? { ...diff, changes: "none" }
      : { ...diff, changes: "some", changedKeys: plainKeys };
  }
  return {
    ...diff,
    changes: diff.changes,
    changedKeys: diff.changedKeys.length > 0 ? diff.changedKeys : plainKeys,
  };
}

const plain = (properties: PropertyMap): PropertyMap =>
  Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [key, withoutSecrets(value)]),
  );

/** Under this key the program may demand that what did not become healthy is replaced. */
const initErrorKey = "#initerror";

/** Adds the changes for which the program demands a replacement. */
export function withReplaceOnChanges(
  diff: ResourceDiff,
  replaceOnChanges: readonly string[],
  hasInitErrors = false,
): ResourceDiff {
  const paths = replaceOnChanges.map(parsePropertyPath);
  if (hasInitErrors && paths.some((path) => pathContains(path, [initErrorKey]))) {
    return { ...diff, changes: "some", replaceKeys: [...diff.replaceKeys, initErrorKey] };
  }
  if (diff.changes === "none" || paths.length === 0) {
    return diff;
  }
  const forced = diff.changedKeys.filter((key) =>
    paths.some((path) => pathContains(path, parsePropertyPath(key))),
  );
  return { ...diff, replaceKeys: [...new Set([...diff.replaceKeys, ...forced])] };
}

/** A resource follows its provider into a new configuration unless that says that it must be replaced. */
async function providerChanged(
  context: DeploymentContext,
  old: ResourceState,
  next: ResourceState,
): Promise<boolean> {
  if (old.provider === "" || next.provider === "") {
    return true;
  }
  const before = parseProviderReference(old.provider);
  const after = parseProviderReference(next.provider);
  if (before.urn === after.urn && before.id === after.id) {
    return false;
  }
  const afterState = context.news.get(after.urn);
  if (afterState?.aliases.includes(before.urn) === true) {
    return false;
  }
  const beforeState = context.olds.get(before.urn);
  const provider = context.providers.get(next.provider);
  if (beforeState === undefined || afterState === undefined || provider === undefined) {
    return true;
  }
  const diff = await context.providers.diffConfig(provider, after.urn, {
    oldInputs: beforeState.inputs,
    oldOutputs: beforeState.outputs,
    newInputs: afterState.inputs,
  });
  return diff.replaceKeys.length > 0;
}
