import { authorityFrom } from "../../definition/ladder.ts";
import type { UnorderedWayBack } from "../../definition/unordered-ways-back.ts";
import { unorderedInWords } from "./evidence/broken-glass.ts";
import { counting, inPassing } from "./evidence/counting.ts";
import { howToSign, titleOf } from "./evidence/how-to-sign.ts";
import { passed, refused, rule, type Night, type Verdict } from "./rule.ts";

/**
 * A way back that went without the order it needed is looked at by somebody else before anything moves up again. What
 * is to be reviewed comes from the ledger, so that it stays to be reviewed whatever becomes of the signed file.
 */
export const glassReviewed = rule({
  name: "glass-reviewed",
  sentence: "A way back that went without the order it needed was reviewed by somebody else",
  severity: "high",
  remediation: "Let the person whom the message names review what the ledger tells, and sign.",
  binds: ["forward"],
  needs: ["evidence", "now"],
  exempt: ({ move: { unordered } }) =>
    unordered === undefined || (unordered.known && unordered.value.length === 0)
      ? "no way back has gone without its order since the last review"
      : undefined,
  judge(night) {
    const { unordered } = night.move;
    if (unordered?.known !== true) {
      const found = `nobody knows which ways back are to be reviewed: ${unordered?.reason ?? ""}`;
      return refused({ found, expected: "the ledger's ways back", says: found });
    }
    const verdicts = unordered.value.map((each) => judgeOne(each, night));
    const refusal = verdicts.find(({ outcome }) => outcome === "refused");
    if (refusal !== undefined) return refusal;
    const reviewed = verdicts.flatMap((each) => (each.outcome === "passed" ? [each] : []));
    return passed(
      reviewed.map(({ found }) => found).join("; "),
      reviewed.flatMap(({ reliedOn = [] }) => reliedOn),
    );
  },
});

/** What is missing of the review of one way back, if anything is. */
const judgeOne = (
  way: UnorderedWayBack,
  { move, definition, facts: { evidence, now } }: Night<"evidence" | "now">,
): Verdict => {
  const { sequence, hash, from, brokenGlass } = way;
  const about = unorderedInWords(way);
  const read = [...evidence.signed, ...evidence.rejected];
  if (brokenGlass !== undefined && !read.some(({ sha256 }) => sha256 === brokenGlass.sha256)) {
    const found = `${about}; what was signed for it is gone`;
    const expected = `${brokenGlass.file} as the ledger has it, SHA-256 ${brokenGlass.sha256.slice(0, 12)}…`;
    return refused({ found, expected, says: `${found}; bring back ${expected}` });
  }
  const { by } = authorityFrom(definition, from);
  const { counted, dropped } = counting({
    kind: "glass-review",
    ...{ evidence, definition, move, now },
    concerns: ({ entry: of, role }) =>
      of.sequence === sequence && of.hash === hash && by.includes(role),
  });
  const review = counted.find(({ person }) => person !== brokenGlass?.person);
  if (review !== undefined) return passed(`${about}; reviewed by ${review.person}`, [review]);
  const own = counted.map(({ file }) => `${file}: who broke the glass cannot review it`);
  const expected = `a review by ${by.map((role) => titleOf(definition, role)).join(" or ")}`;
  const command = howToSign(move, by[0], `--review-break-glass ${sequence}`);
  const found = `${about}. Nobody else has reviewed it`;
  return refused({
    found,
    expected,
    says: `${found}; ${command}${inPassing([...own, ...dropped])}`,
  });
};
