import { authorityFrom } from "../../definition/ladder.ts";
import { brokenGlass, glassBrokenBy, glassInWords } from "./evidence/broken-glass.ts";
import { inPassing } from "./evidence/counting.ts";
import { distinctPeople } from "./evidence/distinct-people.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { signedOrders } from "./evidence/signed-orders.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * Who may order the way back has ordered this one. It is no gate and stands in no pack: traffic in trouble
 * waits for no signature and no fact. It tells afterwards whose word is still missing.
 */
export const rollbackAuthority = rule({
  name: "rollback-authority",
  sentence: "Whoever may order the way back has signed for it, or an alarm orders it",
  severity: "medium",
  remediation: "Let the person whom the message names sign, before or after.",
  binds: ["back"],
  needs: ["alarmStates", "evidence"],
  judge({ move, definition, facts: { alarmStates, evidence } }) {
    const { by, quorum, alarmSuffices } = authorityFrom(definition, move.from);
    const alarm = definition.thresholds.find(({ name, breach }) => {
      const state = alarmStates[name];
      return breach === "roll back" && state?.known === true && state.value === "Alert";
    });
    if (alarmSuffices && alarm !== undefined) return passed(`ordered by the alarm ${alarm.name}`);
    const { counted, dropped } = signedOrders({ move, definition, evidence });
    const signers = counted.map((each) => ({ ...each, role: each.statement.role }));
    const [first] = signers;
    if (quorum !== "all" && first !== undefined) return passed(`ordered by ${first.person}`);
    const filled = distinctPeople(by, signers);
    if (quorum === "all" && "by" in filled) {
      return passed(`ordered by ${filled.by.map(({ person }) => person).join(", ")}`);
    }
    const titles = by.map((role) => titleOf(definition, role));
    const expected = titles.join(quorum === "all" ? " and " : " or ");
    // Told of afterwards: what counted when the way back was taken is no less true for being old.
    const [broken] = brokenGlass({ move, definition, evidence, now: undefined }).counted;
    const instead = broken === undefined ? "" : `, but ${glassInWords(glassBrokenBy(broken))}`;
    const found = `${move.from} → ${move.to} has no signed order by ${expected}${instead}`;
    const command = howToSign(move, by[0], `--rollback --to ${move.to}`);
    return refused({ found, expected, says: `${found}; ${command}${inPassing(dropped)}` });
  },
});
