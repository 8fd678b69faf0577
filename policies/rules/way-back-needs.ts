import { authorityFrom, needsOfWayBack } from "../../definition/ladder.ts";
import { brokenGlass, glassBrokenBy, glassInWords } from "./evidence/broken-glass.ts";
import { inPassing } from "./evidence/counting.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { signedOrders } from "./evidence/signed-orders.ts";
import { passed, refused, rule } from "./rule.ts";

/**
 * A way back that the plan ties to conditions is ordered by somebody who says that they hold. An alarm cannot say
 * so. Where none of those who may order it can be reached, anybody with a role of the plan says so in their place, by
 * breaking the glass. An order needs no clock, but what stands in for it does, as it counts for so short a time.
 */
export const wayBackNeeds = rule({
  name: "way-back-needs",
  sentence: "A way back that needs something is ordered by signature of whoever may order it",
  severity: "critical",
  remediation: "See that what the message names holds; then let the person whom it names sign.",
  binds: ["back"],
  needs: ["evidence", "now"],
  exempt: ({ move, definition }) =>
    needsOfWayBack(definition, move).length === 0
      ? `the plan ties the way back from ${move.from} to nothing`
      : undefined,
  judge({ move, definition, facts: { evidence, now } }) {
    const needs = needsOfWayBack(definition, move).join("; ");
    const { by } = authorityFrom(definition, move.from);
    const { counted, dropped } = signedOrders({ move, definition, evidence });
    const [order] = counted;
    if (order !== undefined) return passed(`${order.person} has ordered it: ${needs}`, [order]);
    const broken = brokenGlass({ move, definition, evidence, now });
    const [first] = broken.counted;
    if (first !== undefined) {
      const by = glassBrokenBy(first);
      return { ...passed(`${glassInWords(by)} (it needs: ${needs})`, [first]), brokenGlass: by };
    }
    const expected = by.map((role) => titleOf(definition, role)).join(" or ");
    const found = `the way back from ${move.from} needs: ${needs}. Nobody has signed for it`;
    const command = howToSign(move, by[0], `--rollback --to ${move.to}`);
    const reached = `if nobody of them can be reached, anybody with a role: --break-glass --because "…" --to ${move.to}`;
    return refused({
      found,
      expected: `an order by ${expected}`,
      says: `${found}; ${command}; ${reached}${inPassing([...new Set([...dropped, ...broken.dropped])])}`,
    });
  },
});
