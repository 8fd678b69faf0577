import { rung } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { inWords } from "../../definition/units.ts";
import type { Move } from "../move.ts";
import { backupStanding } from "./evidence/backup-standing.ts";
import { inPassing, type Counted } from "./evidence/counting.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
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
    const reliedOn: Counted<"backup">[] = [];
    for (const backup of dueFor(definition, move)) {
      const { proof, problem, dropped } = backupStanding(backup, {
        definition,
        move,
        evidence,
        now,
      });
      if (proof !== undefined) {
        const age = inWords({ milliseconds: now - Date.parse(proof.statement.takenAt) });
        found.push(`${backup.of}: ${proof.statement.bytes} bytes, ${age} old`);
        reliedOn.push(proof);
        continue;
      }
      const owner = titleOf(definition, backup.owner);
      const says = problem ?? `${owner} has not signed for a backup of ${backup.of}`;
      const command = howToSign(move, backup.owner, `--backup ${backup.of}`);
      return refused({
        found: says,
        expected: `a backup at most ${inWords(backup.notOlderThan)} old, read back`,
        says: `${says}; ${command}${inPassing(dropped)}`,
      });
    }
    return passed(found.join(", "), reliedOn);
  },
});

const dueFor = (
  definition: SettledSystem,
  { from }: Pick<Move, "from">,
): readonly SettledSystem["backups"][number][] =>
  definition.backups.filter(
    ({ madeIn }) => madeIn === undefined || rung(definition, from) >= rung(definition, madeIn),
  );
