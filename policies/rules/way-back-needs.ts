import { authorityFrom, needsOfWayBack } from "../../definition/ladder.ts";
import { inPassing } from "./evidence/counting.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { signedOrders } from "./evidence/signed-orders.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * A way back that the plan ties to conditions is ordered by somebody who says that they hold. An alarm cannot say
 * so.
 */
export const wayBackNeeds = rule({
  name: "way-back-needs",
  sentence: "A way back that needs something is ordered by signature of whoever may order it",
  severity: "critical",
  remediation: "See that what the message names holds; then let the person whom it names sign.",
  binds: ["back"],
  needs: ["evidence"],
  exempt: ({ move, definition }) =>
    needsOfWayBack(definition, move).length === 0
      ? `the plan ties the way back from ${move.from} to nothing`
      : undefined,
  judge({ move, definition, facts: { evidence } }) {
    const needs = needsOfWayBack(definition, move).join("; ");
    const { by } = authorityFrom(definition, move.from);
    const { counted, dropped } = signedOrders({ move, definition, evidence });
    const [order] = counted;
    if (order !== undefined) return passed(`${order.person} has ordered it: ${needs}`, [order]);
    const expected = by.map((role) => titleOf(definition, role)).join(" or ");
    const found = `the way back from ${move.from} needs: ${needs}. Nobody has signed for it`;
    const command = howToSign(move, by[0], `--rollback --to ${move.to}`);
    return refused({
      found,
      expected: `an order by ${expected}`,
      says: `${found}; ${command}${inPassing(dropped)}`,
    });
  },
});
