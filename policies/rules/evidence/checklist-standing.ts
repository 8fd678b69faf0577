import type { SettledSystem } from "../../../definition/system.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Move } from "../../move.ts";
import { counting, type Counted } from "./counting.ts";

type Checklist = SettledSystem["checklists"][number];

/** One item of a checklist, and who has signed that it is done. */
export interface ItemStanding {
  readonly item: Checklist["items"][number];
  /** The newest word of its owner that counts; undefined while it is open. */
  readonly by: Counted<"checklist"> | undefined;
}

/**
 * Which items of a checklist are done: signed by their owner, no longer ago than the list allows. A list
 * without an age is one of the stage itself: what was done before it says nothing of it.
 */
export const checklistStanding = (
  { name, notOlderThan, items }: Checklist,
  {
    definition,
    move,
    evidence,
    now,
  }: {
    readonly definition: SettledSystem;
    readonly move: Move;
    readonly evidence: Evidence;
    readonly now: number;
  },
): { readonly items: readonly ItemStanding[]; readonly dropped: readonly string[] } => {
  const { counted, dropped } = counting({
    kind: "checklist",
    evidence,
    definition,
    move,
    now,
    longest: notOlderThan?.milliseconds ?? Infinity,
    concerns: ({ checklist }) => checklist === name,
  });
  const since = notOlderThan === undefined ? Date.parse(move.since) : -Infinity;
  const standing = items.map((item) => ({
    item,
    by: counted.findLast(
      ({ at, statement: { role, done } }) =>
        role === item.owner && at >= since && done.includes(item.title),
    ),
  }));
  return { items: standing, dropped };
};
