import { greenWeightAt, rung } from "../definition/ladder.ts";
import type { LedgerEntry } from "../definition/ledger.ts";
import type { SystemDefinition } from "../definition/system.ts";
import type { Duration } from "../definition/units.ts";
import type { StateResource, Step } from "../engine/engine.ts";

/** Types below which everything serves traffic, or can take it back. */
const retainedBelow = ["cutover:kubernetes:Environment", "cutover:index:Cutover"];

type Retained = Pick<SystemDefinition, "ladder" | "config" | "retention">;

/**
 * When the old side's term ends, milliseconds since the epoch. It begins when all traffic has left the old
 * side; undefined while that has not happened, and where the plan never lets it go.
 */
export const retainedUntil = (
  definition: Retained,
  entries: readonly LedgerEntry[],
): number | undefined => {
  const { oldSideStays, oldSideFor } = definition.retention;
  return oldSideStays === true ? undefined : leftSince(definition, entries, oldSideFor);
};

/**
 * By when the old side must be gone, milliseconds since the epoch; undefined where the plan does not end its life, while
 * traffic may still reach it, and when the ladder has been climbed to its end.
 */
export const goneBy = (
  definition: Retained,
  entries: readonly LedgerEntry[],
): number | undefined => {
  const { oldSideAtMost } = definition.retention;
  return oldSideAtMost === undefined || entries.at(-1)?.to === definition.ladder.at(-1)?.name
    ? undefined
    : leftSince(definition, entries, oldSideAtMost);
};

/** So long after all traffic has left the old side; undefined while it has not. */
const leftSince = (
  definition: Retained,
  entries: readonly LedgerEntry[],
  { milliseconds }: Duration,
): number | undefined => {
  const first = entries.findLastIndex(
    ({ to }) => rung(definition, to) < 0 || greenWeightAt(definition, to) < 100,
  );
  const left = entries[first + 1];
  return left === undefined ? undefined : Date.parse(left.at) + milliseconds;
};

/** What an update would take away too early, one sentence each. */
export const earlyRemovals = (
  definition: Retained & Pick<SystemDefinition, "name">,
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

/** What is not kept as it must be in a stack's state, or for too long, one sentence each; empty when all is well. */
export const retentionProblems = (
  definition: Retained & Pick<SystemDefinition, "name" | "environments">,
  entries: readonly LedgerEntry[],
  resources: readonly StateResource[],
  now: number,
): readonly string[] => {
  const by = goneBy(definition, entries);
  return [
    ...notKept(definition, entries, resources, now),
    ...(by === undefined || now < by
      ? []
      : [
          `the plan ends the old side's life at ${new Date(by).toISOString()}: go on to ${definition.ladder.at(-1)?.name ?? "its last stage"}`,
        ]),
  ];
};

const notKept = (
  definition: Retained & Pick<SystemDefinition, "name" | "environments">,
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
