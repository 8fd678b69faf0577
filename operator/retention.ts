import { greenWeightAt, rung } from "../definition/ladder.ts";
import type { LedgerEntry } from "../definition/ledger.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { StateResource, Step } from "../engine/engine.ts";

/** Types below which everything serves traffic, or can take it back. */
const retainedBelow = ["cutover:kubernetes:Environment", "cutover:index:Cutover"];

/**
 * When the old side's term ends, milliseconds since the epoch. It begins when all traffic has left the old
 * side; undefined while that has not happened, and where the plan never lets it go.
 */
export const retainedUntil = (
  definition: Pick<SystemDefinition, "ladder" | "config" | "retention">,
  entries: readonly LedgerEntry[],
): number | undefined => {
  const last = entries.at(-1);
  if (definition.retention.oldSideStays === true || last === undefined) return undefined;
  const first = entries.findLastIndex(
    ({ to }) => rung(definition, to) < 0 || greenWeightAt(definition, to) < 100,
  );
  const left = entries[first + 1];
  return left === undefined
    ? undefined
    : Date.parse(left.at) + definition.retention.oldSideFor.milliseconds;
};

/** What an update would take away too early, one sentence each. */
export const earlyRemovals = (
  definition: Pick<SystemDefinition, "name" | "ladder" | "config" | "retention">,
  entries: readonly LedgerEntry[],
  steps: readonly Step[],
  now: number,
): readonly { readonly urn: string; readonly message: string }[] => {
  const until = retainedUntil(definition, entries);
  if (until !== undefined && now >= until) return [];
  const end =
    until === undefined
      ? "until all traffic has left the old side, and its term after that"
      : `until ${new Date(until).toISOString()}`;
  return steps
    .filter(({ operation }) => operation === "delete" || operation === "replace")
    .filter(({ urn }) => isRetained(urn) && isOf(urn, definition.name))
    .map(({ urn, operation }) => ({
      urn,
      message: `refused: it would ${operation} ${nameOf(urn)}, which ${definition.name} keeps ${end}.`,
    }));
};

/** What is not kept as it must be in a stack's state, one sentence each; empty when all is. */
export const retentionProblems = (
  definition: Pick<SystemDefinition, "name" | "ladder" | "config" | "retention" | "environments">,
  entries: readonly LedgerEntry[],
  resources: readonly StateResource[],
  now: number,
): readonly string[] => {
  const until = retainedUntil(definition, entries);
  if (entries.length === 0 || (until !== undefined && now >= until)) return [];
  const own = resources.filter(({ urn }) => isOf(urn, definition.name));
  const kept = own.filter(({ urn, type }) => isRetained(urn) && !type.startsWith("cutover:"));
  const sides = Object.values(definition.environments).filter(({ owner }) => owner !== "elsewhere");
  return [
    ...sides
      .filter(({ name }) => !own.some(({ urn }) => urn.endsWith(`Environment::${name}`)))
      .map(({ name }) => `${name} is gone from the state`),
    ...kept
      .filter(({ protect }) => !protect)
      .map(({ urn }) => `${nameOf(urn)} is no longer protected`),
  ];
};

const isRetained = (urn: string): boolean =>
  (urn.split("::")[2] ?? "").split("$").some((type) => retainedBelow.includes(type));

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** Whether a resource stands below a system's own component: its type chain says so, its name whose. */
export const isOf = (urn: string, system: string): boolean => {
  const [, , types = ""] = urn.split("::");
  const name = nameOf(urn);
  return (
    types.startsWith("cutover:index:System") && (name === system || name.startsWith(`${system}-`))
  );
};
