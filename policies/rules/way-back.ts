import { stagesBetween } from "../../definition/ladder.ts";
import { passed, refused, rule } from "./rule.ts";

/** Past a point of no return there is no way back. It reads no fact: only the plan can say so. */
export const wayBack = rule({
  name: "way-back",
  sentence: "A stage past the point of no return is not left backwards",
  severity: "critical",
  remediation: "Take the way forward that the message names.",
  binds: ["back"],
  needs: [],
  judge({ move: { from, to }, definition }) {
    for (const { name, rollback } of stagesBetween(definition, to, from).toReversed()) {
      if (rollback !== undefined && "refused" in rollback) {
        return refused({
          found: `${from} → ${to}`,
          expected: rollback.wayForward,
          says: `there is no way back from ${name}: ${rollback.refused}. Way forward: ${rollback.wayForward}`,
        });
      }
    }
    return passed(`the way from ${from} to ${to} is open`);
  },
});
