import { dependenciesOf, type ResourceState } from "../values/resource-state.ts";
import { parseProviderReference } from "../values/urn.ts";

/** Every resource that depends on `root`, directly or not, in the order of `resources`. */
export function dependentsOf(
  root: ResourceState,
  resources: readonly ResourceState[],
): readonly ResourceState[] {
  const reached = new Set([root.urn]);
  return resources.slice(resources.indexOf(root) + 1).filter((state) => {
    const depends = [...dependenciesOf(state)].some((urn) => reached.has(urn));
    if (depends) {
      reached.add(state.urn);
    }
    return depends;
  });
}

/** Every resource on which `root` depends, directly or not. */
export function dependenciesBelow(
  root: ResourceState,
  resources: readonly ResourceState[],
): ReadonlySet<ResourceState> {
  const found = new Set<ResourceState>();
  const follow = (from: ResourceState): void => {
    for (const urn of dependenciesOf(from)) {
      const state = twinOf(from, urn, resources);
      if (state !== undefined && !found.has(state)) {
        found.add(state);
        follow(state);
      }
    }
  };
  follow(root);
  return found;
}

/** What was replaced depends on what was replaced, and what stands on what stands. */
function twinOf(
  { delete: replaced }: ResourceState,
  urn: string,
  resources: readonly ResourceState[],
): ResourceState | undefined {
  const named = resources.filter((state) => state.urn === urn);
  return named.find((state) => state.delete === replaced) ?? named[0];
}

/**
 * Groups resources such that each group can be deleted at once, and no resource goes before what depends on it. As in
 * the real engine each goes as late as it can: when nothing but what it depends on is left.
 * @param resources all resources, each after those that it depends on
 */
export function deletionOrder(
  condemned: readonly ResourceState[],
  resources: readonly ResourceState[],
): readonly (readonly ResourceState[])[] {
  const needs = new Map(condemned.map((state) => [state, directNeeds(state, resources)]));
  const groups: ResourceState[][] = [];
  let left = [...condemned];
  while (left.length > 0) {
    const group = left.filter((state) => !left.some((other) => needs.get(state)?.has(other)));
    groups.unshift(group);
    left = left.filter((state) => !group.includes(state));
  }
  return groups;
}

/** What stands before a resource and is needed by it; who needs a component needs its children as well. */
function directNeeds(
  state: ResourceState,
  resources: readonly ResourceState[],
): ReadonlySet<ResourceState> {
  const before = resources.slice(0, resources.indexOf(state));
  const urns = new Set([
    ...state.dependencies,
    ...Object.values(state.propertyDependencies).flat(),
    ...(state.deletedWith === "" ? [] : [state.deletedWith]),
    ...(state.provider === "" ? [] : [parseProviderReference(state.provider).urn]),
  ]);
  const needed = before.filter(({ urn }) => urns.has(urn));
  const components = new Set(needed.filter(({ custom }) => !custom).map(({ urn }) => urn));
  for (const candidate of before) {
    if (components.has(candidate.parent)) {
      components.add(candidate.urn);
      needed.push(candidate);
    }
  }
  return new Set([...needed, ...before.filter(({ urn }) => urn === state.parent)]);
}
