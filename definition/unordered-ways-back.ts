import { needsOfWayBack } from "./ladder.ts";
import type { BrokenGlass, LedgerEntry } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import type { Transition } from "./transition.ts";

/** A way back that needed a signed order and had none, so that somebody must look at it afterwards. */
export interface UnorderedWayBack {
  /** Its entry in the ledger. */
  readonly sequence: number;
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  /** Who let it go all the same; nobody is known to have where no gate asked for the order. */
  readonly brokenGlass?: BrokenGlass & {
    /** Of the signed file, as the entry has it. */
    readonly sha256: string;
  };
}

/** The gates whose verdicts tell, by their names in the ledger. */
const gates = { order: "way-back-needs", review: "glass-reviewed" } as const;

/**
 * The ways back before a move that nobody is known to have reviewed, the oldest first, as the ledger says. The file
 * that was signed may be gone by then, and so may what a gate said, where the update died: an entry that lacks either
 * is no less to be looked at.
 */
export const unorderedWaysBack = (
  plan: Pick<Plan, "ladder">,
  entries: readonly LedgerEntry[],
  { sequence }: Pick<Transition, "sequence">,
): readonly UnorderedWayBack[] => {
  const before = entries.filter((entry) => entry.sequence < sequence);
  const reviewed = before.findLastIndex(({ verdicts }) => verdicts?.[gates.review] === "passed");
  return before
    .slice(reviewed + 1)
    .filter((entry) => entry.brokenGlass !== undefined || wasUnasked(plan, entry))
    .map(({ sequence: number, hash, from, to, brokenGlass, evidence }) => ({
      ...{ sequence: number, hash, from, to },
      ...(brokenGlass !== undefined && {
        brokenGlass: { ...brokenGlass, sha256: evidence?.[brokenGlass.file] ?? "" },
      }),
    }));
};

/** Whether no gate has found an order that the plan wants. Entries that keep no verdict are older than the gate. */
const wasUnasked = (plan: Pick<Plan, "ladder">, entry: LedgerEntry): boolean => {
  if (entry.verdicts === undefined || needsOfWayBack(plan, entry).length === 0) return false;
  const said = entry.verdicts[gates.order];
  return said === undefined || said === "refused";
};
