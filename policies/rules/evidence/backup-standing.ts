import { nothingYet } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { inWords } from "../../../definition/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { StatementOf } from "../../evidence/statement.ts";
import type { Move } from "../../move.ts";
import { instantInWords } from "../instant-in-words.ts";
import { counting, type Counted } from "./counting.ts";

type Backup = SettledSystem["backups"][number];

/** The newest proof of a backup that will do for a move, or what is wrong with the newest that will not. */
export const backupStanding = (
  backup: Backup,
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
): {
  readonly proof: Counted<"backup"> | undefined;
  readonly problem: string | undefined;
  readonly dropped: readonly string[];
} => {
  const { counted, dropped } = counting({
    kind: "backup",
    evidence,
    definition,
    move,
    now,
    concerns: ({ of, role }) => of === backup.of && role === backup.owner,
  });
  const newest = counted.toReversed();
  const problems = newest.map((proof) => problemWith(backup, proof, move, now));
  return { proof: newest[problems.indexOf(undefined)], problem: problems[0], dropped };
};

/** What is wrong with a backup, in words; nothing when it will do. */
const problemWith = (
  backup: Backup,
  { statement, at }: Counted<"backup">,
  move: Move,
  now: number,
): string | undefined => {
  const takenAt = Date.parse(statement.takenAt);
  const restoredAt = Date.parse(statement.restoredAt);
  const taken = `the backup of ${backup.of} was complete at ${instantInWords(takenAt, now)}`;
  if (!(takenAt <= restoredAt && restoredAt <= at)) {
    return `${taken}, was read back and then signed for: these times are not in that order`;
  }
  return ageProblem(backup, { takenAt, taken }, move, now) ?? sizeProblem(backup, statement);
};

const ageProblem = (
  { madeIn, notOlderThan }: Backup,
  { takenAt, taken }: { readonly takenAt: number; readonly taken: string },
  { from, since }: Move,
  now: number,
): string | undefined => {
  const began = Date.parse(since);
  if (from === nothingYet || from === madeIn) {
    if (from === madeIn && !(takenAt >= began)) return `${taken}, before ${madeIn} began`;
    const age = now - takenAt;
    return age <= notOlderThan.milliseconds
      ? undefined
      : `${taken}, ${inWords({ milliseconds: age })} ago; at most ${inWords(notOlderThan)} count`;
  }
  // Taken once the stage had begun, it may hold what the work on the data has already changed.
  return takenAt <= began ? undefined : `${taken}, after ${from} began`;
};

const sizeProblem = (
  { of, size, leastMegabytes }: Backup,
  { bytes, previousBytes }: StatementOf<"backup">,
): string | undefined => {
  if (bytes === 0) return `the backup of ${of} is empty`;
  if (leastMegabytes !== undefined && bytes < leastMegabytes * 1e6) {
    return `the backup of ${of} has ${(bytes / 1e6).toFixed(1)} MB; at least ${leastMegabytes} MB count`;
  }
  if (size === undefined) return undefined;
  if (previousBytes === undefined || previousBytes === 0) {
    return `nobody says how large the backup of ${of} before this one was`;
  }
  const share = (100 * bytes) / previousBytes;
  const { atLeast, atMost } = size;
  return share >= atLeast.percent && share <= atMost.percent
    ? undefined
    : `the backup of ${of} has ${share.toFixed(0)} % of the size of the one before; ${atLeast.percent} to ${atMost.percent} % count`;
};
