import type { Alias, Goal } from "../values/resource-state.ts";
import { createUrn, nameOf, qualifiedTypeOf, stackType, typeOf } from "../values/urn.ts";

interface Scope {
  readonly stack: string;
  readonly project: string;
  /** The URN under which a registered resource was found, where that is not its own. */
  readonly foundUnder: ReadonlyMap<string, string>;
}

/** The URNs under which a resource may be known from earlier, its ancestors' old names included. */
export function aliasUrns(goal: Goal, scope: Scope): readonly string[] {
  const own = goal.aliases.map((alias) => urnOf(alias, goal, scope));
  const parentAlias = scope.foundUnder.get(goal.parent);
  if (goal.parent === "" || parentAlias === undefined) {
    return [...new Set(own)];
  }
  const inherit = (type: string, name: string): string =>
    inherited(type, name, nameOf(goal.parent), parentAlias, scope);
  return [
    ...new Set([
      ...own,
      inherit(goal.type, goal.name),
      ...own.map((urn) => inherit(typeOf(urn), nameOf(urn))),
    ]),
  ];
}

function urnOf(alias: Alias, goal: Goal, { stack, project, foundUnder }: Scope): string {
  if ("urn" in alias) {
    return alias.urn;
  }
  const named = alias.parent === "" ? goal.parent : (foundUnder.get(alias.parent) ?? alias.parent);
  return createUrn({
    stack: alias.stack || stack,
    project: alias.project || project,
    parent: alias.noParent || qualifiedTypeOf(named) === stackType ? "" : named,
    type: alias.type || goal.type,
    name: alias.name || goal.name,
  });
}

/** A child that is named after its parent was named after the parent's old name. */
function inherited(
  type: string,
  name: string,
  parentName: string,
  parentAlias: string,
  { stack, project }: Scope,
): string {
  return createUrn({
    stack,
    project,
    parent: parentAlias,
    type,
    name: name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name,
  });
}
