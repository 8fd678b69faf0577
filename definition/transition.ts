import { genesis, nothingYet, type LedgerEntry, type LedgerReading } from "./ledger.ts";

/**
 * A move between stages, as the `Cutover` component gets it. It says nothing that differs between the
 * preview that was reviewed and the update that runs, and stays the same once the move is recorded, so
 * that a second update finds nothing to do.
 */
export interface Transition {
  readonly from: string;
  readonly to: string;
  /** Place that the move has, or will have, in the ledger. */
  readonly sequence: number;
  /** When `from` was entered, ISO 8601 UTC; empty for a first move. */
  readonly since: string;
  /** Hash of the entry that the move follows. */
  readonly follows: string;
  /** Commit that made that entry: whatever was committed since is part of this move. Empty for a first move. */
  readonly sinceCommit: string;
  /** What is wrong with the ledger; empty when nothing is. */
  readonly damage: string;
}

/** A transition, and whether the ledger already holds it. */
export interface DerivedTransition {
  readonly transition: Transition;
  readonly recorded: boolean;
}

/** The move from where the ledger stands to `target`; the last recorded one when it stands there already. */
export const deriveTransition = (
  { entries, damage }: LedgerReading,
  target: string,
): DerivedTransition => {
  const last = entries.at(-1);
  const recorded = last?.to === target;
  const before = recorded ? entries.at(-2) : last;
  return {
    recorded,
    transition: {
      from: recorded ? last.from : (last?.to ?? nothingYet),
      to: target,
      sequence: (before?.sequence ?? 0) + 1,
      since: enteredAt(before),
      follows: before?.hash ?? genesis,
      sinceCommit: before?.commit ?? "",
      damage: damage ?? "",
    },
  };
};

const enteredAt = (entry: LedgerEntry | undefined): string => entry?.at ?? "";
