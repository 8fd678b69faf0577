import { nothingYet } from "../../definition/ledger.ts";
import { rung } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { inWords } from "../../definition/units.ts";
import type { StatementOf } from "../evidence/statement.ts";
import type { Move } from "../move.ts";
import { counting, inPassing, type Counted } from "./evidence/counting.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * A backup that was read back exists before anything touches the data. Its age counts when the work on the
 * data begins: that is the first move, or the stage that the plan makes the backup in. Later moves need it
 * still, whatever its age by then.
 */
export const backupProof = rule({
  name: "backup-proof",
  sentence: "A fresh backup that was read back exists, and its owner has signed for it",
  severity: "critical",
  remediation: "Take the backup that the message names, read it back, and sign for it.",
  binds: ["begin", "forward"],
  needs: ["now", "evidence"],
  exempt: ({ move, definition }) =>
    dueFor(definition, move).length === 0 ? "the plan asks for no backup yet" : undefined,
  judge({ move, definition, facts: { now, evidence } }) {
    const found: string[] = [];
    for (const backup of dueFor(definition, move)) {
      const { counted, dropped } = counting({
        kind: "backup",
        evidence,
        definition,
        move,
        now,
        concerns: ({ of, role }) => of === backup.of && role === backup.owner,
      });
      const problems = counted.toReversed().map((proof) => problemWith(backup, proof, move, now));
      const good = counted.toReversed()[problems.indexOf(undefined)];
      if (good !== undefined) {
        const age = inWords({ milliseconds: now - Date.parse(good.statement.takenAt) });
        found.push(`${backup.of}: ${good.statement.bytes} bytes, ${age} old`);
        continue;
      }
      const owner = titleOf(definition, backup.owner);
      const says = problems[0] ?? `${owner} has not signed for a backup of ${backup.of}`;
      const command = howToSign(move, backup.owner, `--backup ${backup.of}`);
      return refused({
        found: says,
        expected: `a backup at most ${inWords(backup.notOlderThan)} old, read back`,
        says: `${says}; ${command}${inPassing(dropped)}`,
      });
    }
    return passed(found.join(", "));
  },
});

type Backup = SettledSystem["backups"][number];

const dueFor = (definition: SettledSystem, { from }: Pick<Move, "from">): readonly Backup[] =>
  definition.backups.filter(
    ({ madeIn }) => madeIn === undefined || rung(definition, from) >= rung(definition, madeIn),
  );

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
