import { rung, stageNamed } from "../../definition/ladder.ts";
import { counting, inPassing } from "./evidence/counting.ts";
import { distinctPeople } from "./evidence/distinct-people.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * Who may order the way back has ordered this one. It only tells: traffic that is in trouble does not wait
 * for a signature, and whoever moves it to the safe side without one is asked for it afterwards. An order
 * is bound to one move in the ledger, so it needs no clock, which a rollback would have to wait for.
 */
export const rollbackAuthority = rule({
  name: "rollback-authority",
  sentence: "Whoever may order the way back has signed for it, or an alarm orders it",
  severity: "medium",
  remediation: "Go on. Let the person whom the message names sign, before or after.",
  binds: ["back"],
  advisory: true,
  needs: ["evidence"],
  judge({ move, definition, facts: { evidence } }) {
    const own = rung(definition, move.from) < 0 ? undefined : stageNamed(definition, move.from);
    const { by, quorum, alarmSuffices } = own?.authority ?? definition.rollback.authority;
    const { counted, dropped } = counting({
      kind: "rollback",
      evidence,
      definition,
      move,
      now: undefined,
      concerns: ({ role }) => by.includes(role),
    });
    const signers = counted.map((each) => ({ ...each, role: each.statement.role }));
    const [first] = signers;
    if (quorum !== "all" && first !== undefined) return passed(`ordered by ${first.person}`);
    const filled = distinctPeople(by, signers);
    if (quorum === "all" && "by" in filled) {
      return passed(`ordered by ${filled.by.map(({ person }) => person).join(", ")}`);
    }
    const titles = by.map((role) => titleOf(definition, role));
    const expected = titles.join(quorum === "all" ? " and " : " or ");
    const alarm = alarmSuffices
      ? ", and none is needed if an alarm that orders the way back is firing"
      : "";
    const found = `${move.from} → ${move.to} has no signed order by ${expected}${alarm}`;
    const command = howToSign(move, by[0], `--rollback --to ${move.to}`);
    return refused({ found, expected, says: `${found}; ${command}${inPassing(dropped)}` });
  },
});
