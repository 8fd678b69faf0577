import { dependenciesOf, type ResourceState } from "../values/resource-state.ts";

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

/**
 * Groups resources such that each group can be deleted at once, and no resource goes before what depends on it.
 * Two resources of one URN (an old one and its replacement) do not hold one another.
 */
export function deletionOrder(
  condemned: readonly ResourceState[],
): readonly (readonly ResourceState[])[] {
  const groups: ResourceState[][] = [];
  let left = [...condemned];
  while (left.length > 0) {
    const needed = new Set(
      left.flatMap((state) => [...dependenciesOf(state)].filter((urn) => urn !== state.urn)),
    );
    const free = left.filter((state) => !needed.has(state.urn));
    // A cycle can only come from a damaged state: then one after the other, newest first.
    const group = free.length > 0 ? free : left.slice(-1);
    groups.push(group);
    left = left.filter((state) => !group.includes(state));
  }
  return groups;
}
