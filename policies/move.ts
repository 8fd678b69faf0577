import { directionOf } from "../definition/direction.ts";
import { greenWeightAt, rung } from "../definition/ladder.ts";
import { nothingYet } from "../definition/ledger.ts";
import type { Plan } from "../definition/plan.ts";
import type { UnorderedWayBack } from "../definition/unordered-ways-back.ts";
import type { Reading } from "./facts/reading.ts";

/**
 * What an update does to a system. `begin`: its first entry into the ladder, from nothing; `forward`,
 * `back`: a step up or any number down; `recorded`: the ledger holds the move already, nothing moves.
 */
export type MoveKind = "begin" | "forward" | "back" | "recorded";

/** Where in the ledger a move stands, or will stand. */
export interface LedgerPlace {
  /** From 1. */
  readonly sequence: number;
  /** Hash of the entry that it follows. */
  readonly follows: string;
  /** Commit that made that entry; empty where that is not known. */
  readonly sinceCommit: string;
}

/** A move, as every rule sees it. */
export interface Move {
  readonly system: string;
  readonly environment: string;
  /** Name of the stack. */
  readonly stack: string;
  readonly from: string;
  readonly to: string;
  /** When `from` was entered, ISO 8601 UTC, as the ledger says. */
  readonly since: string;
  /** Its place in the ledger, where that is known: what people sign for it is good there only. */
  readonly place?: LedgerPlace;
  /** What is wrong with the ledger; empty when nothing is. */
  readonly damage: string;
  /** Ways back before it that somebody must review, as the ledger says; left out where there are none. */
  readonly unordered?: Reading<readonly UnorderedWayBack[]>;
  readonly kind: MoveKind;
}

/**
 * The kind of a move. Only what surely is a way down counts as `back`, as nothing holds that up: to a
 * stage of the ladder, below where the system stands, and with no more green than at either end. From a
 * stage that the definition has dropped, the only way known to be down is to where rolling back lands.
 * @param green weight that the traffic resource is given, percent, if known.
 */
export const kindOf = (
  plan: Pick<Plan, "ladder" | "config" | "rollback">,
  { from, to }: Pick<Move, "from" | "to">,
  { recorded, green }: { readonly recorded: boolean; readonly green: number | undefined },
): MoveKind => {
  if (isBack(plan, from, to, green)) return "back";
  if (recorded) return "recorded";
  return from === nothingYet ? "begin" : "forward";
};

const isBack = (
  plan: Pick<Plan, "ladder" | "config" | "rollback">,
  from: string,
  to: string,
  green: number | undefined,
): boolean => {
  if (rung(plan, to) < 0 || from === nothingYet) return false;
  const dropped = rung(plan, from) < 0;
  if (dropped ? to !== plan.rollback.to : directionOf(plan, { from, to }) !== "back") return false;
  const most = Math.max(greenWeightAt(plan, to), dropped ? 0 : greenWeightAt(plan, from));
  return green === undefined || green <= most;
};
