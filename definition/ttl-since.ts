import { postureAt, rung } from "./ladder.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import type { Transition } from "./transition.ts";

/**
 * When the TTL that the names have at the stage a move leaves was written, ISO 8601 UTC, as the ledger says: no entry
 * between then and the move has another one. Empty for a first move.
 */
export const ttlSince = (
  plan: Pick<Plan, "ladder" | "config">,
  entries: readonly LedgerEntry[],
  { sequence }: Pick<Transition, "sequence">,
): string => {
  const before = entries.filter((entry) => entry.sequence < sequence);
  const ttlOf = ({ to }: LedgerEntry) =>
    rung(plan, to) < 0 ? undefined : postureAt(plan, to)["ttlSeconds"];
  const last = before.at(-1);
  if (last === undefined) return "";
  const ttl = ttlOf(last);
  const other = before.findLastIndex((entry) => ttlOf(entry) !== ttl);
  return before[other + 1]?.at ?? last.at;
};
