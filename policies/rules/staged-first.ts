import { rung } from "../../definition/ladder.ts";
import { inWords } from "../../definition/units.ts";
import { counting, inPassing } from "./evidence/counting.ts";
import { howToSign } from "./evidence/how-to-sign.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule } from "./rule.ts";

/** Staging goes through a cutover before production does: the same definition, as far as the plan wants it. */
export const stagedFirst = rule({
  name: "staged-first",
  sentence: "Staging went through the same definition before production does",
  severity: "high",
  remediation: "Take staging through this very definition, and let its history be signed.",
  binds: ["forward"],
  needs: ["now", "evidence"],
  exempt: ({ move: { environment }, definition: { staged } }) => {
    if (staged === undefined) return "the plan does not ask for staging first";
    return environment === "production" ? undefined : `${environment} is not production`;
  },
  judge({ move, definition, facts: { now, evidence } }) {
    const { staged } = definition;
    if (staged === undefined) throw new RangeError("the plan does not ask for staging first");
    const { reached, by, notOlderThan } = staged;
    const { counted, dropped } = counting({
      kind: "staging",
      evidence,
      definition,
      move,
      now,
      concerns: ({ role }) => role === by,
    });
    const far = counted.filter(
      ({ statement }) => rung(definition, statement.reached) >= rung(definition, reached),
    );
    const recent = far.filter(
      ({ statement }) => Date.parse(statement.reachedAt) >= now - notOlderThan.milliseconds,
    );
    const proof = recent.at(-1);
    if (proof !== undefined) {
      const { of, reached: stage, reachedAt } = proof.statement;
      const at = instantInWords(Date.parse(reachedAt), now);
      return passed(`${of} reached ${stage} at ${at}`, [proof]);
    }
    const expected = `${reached} reached in staging with this definition, at most ${inWords(notOlderThan)} ago`;
    const found =
      far.length > 0
        ? `staging reached ${reached} longer ago than that`
        : "nobody has signed that staging did";
    return refused({
      found,
      expected,
      says: `${found}; expected ${expected}; ${howToSign(move, by, "--staging STACK")}${inPassing(dropped)}`,
    });
  },
});
