import { BadInput, shown, shownName } from "../../definition/bad-input.ts";
import { needsOfWayBack } from "../../definition/ladder.ts";
import type { LedgerEntry } from "../../definition/ledger.ts";
import type { Plan } from "../../definition/plan.ts";
import { unorderedWaysBack, type UnorderedWayBack } from "../../definition/unordered-ways-back.ts";

/**
 * What somebody who breaks the glass for a move states to hold.
 * @throws BadInput where there is no glass to break: the move is no way back, or waits for no order.
 */
export const needsBehindGlass = (
  where: string,
  plan: Pick<Plan, "ladder">,
  move: { readonly from: string; readonly to: string },
): readonly string[] => {
  const needs = needsOfWayBack(plan, move);
  if (needs.length > 0) return needs;
  throw new BadInput({
    where,
    key: "--break-glass",
    found: `for ${shownName(move.from)} → ${shownName(move.to)}, which waits for no order`,
    expected:
      "a way back that the plan ties to conditions; any other is not held up: cutover rollback",
  });
};

/**
 * The way back that somebody is about to review.
 * @param entries the system's history.
 * @throws BadInput for an entry that is not to be reviewed, and for whoever broke the glass there.
 */
export const wayBackToReview = (
  where: string,
  plan: Pick<Plan, "ladder">,
  entries: readonly LedgerEntry[],
  { sequence, person }: { readonly sequence: number; readonly person: string },
): UnorderedWayBack => {
  const open = unorderedWaysBack(plan, entries, { sequence: Infinity });
  const found = open.find((entry) => entry.sequence === sequence);
  const wrong = (expected: string): BadInput =>
    new BadInput({ where, key: "--review-break-glass", found: shown(sequence), expected });
  if (found === undefined) {
    const numbers = open.map((entry) => String(entry.sequence)).join(" or ");
    throw wrong(numbers === "" ? "nothing: no way back is to be reviewed" : numbers);
  }
  if (found.brokenGlass?.person === person) {
    throw wrong(`somebody other than ${shownName(person)}, who broke the glass`);
  }
  return found;
};
