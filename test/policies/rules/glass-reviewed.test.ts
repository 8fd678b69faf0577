import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import type { UnorderedWayBack } from "../../../definition/unordered-ways-back.ts";
import type { Signed } from "../../../policies/evidence/evidence.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import type { Move } from "../../../policies/move.ts";
import { glassReviewed } from "../../../policies/rules/glass-reviewed.ts";
import {
  entered,
  messageOf,
  minutes,
  move,
  night,
  outcome,
  system,
  without,
} from "../lms-night.ts";
import { signedBy } from "../signed-evidence.ts";

const now = entered + minutes(30);
const file = "evidence/lms/broken.json";
const broken: UnorderedWayBack = {
  ...{ sequence: 2, hash: "a".repeat(64), from: "half", to: "baseline" },
  brokenGlass: { person: "ops", reason: "nobody answers", file, sha256: "b".repeat(64) },
};
const { brokenGlass: _, ...unasked } = broken;
const up = (...unordered: readonly UnorderedWayBack[]): Move =>
  move("canary", "half", { unordered: known(unordered) });

type Review = Omit<StatementOf<"glass-review">, "by">;

/** A review by the Release Manager, who may order the LMS's ways back. */
const review = (changes: Partial<Review> = {}): Review => ({
  ...{ statement: "glass-review", version: 1, system: "lms", stack: "rehearsal" },
  definition: digest(system),
  role: "releaseManager",
  at: new Date(now - minutes(5)).toISOString(),
  until: new Date(now + minutes(5)).toISOString(),
  entry: { sequence: broken.sequence, hash: broken.hash },
  ...changes,
});
/** What somebody signed who broke the glass; only its digest counts by now. */
const wordOf = ({ brokenGlass }: UnorderedWayBack): Signed => ({
  ...signedBy(brokenGlass?.person ?? "", review({ entry: { sequence: 9, hash: "c".repeat(64) } })),
  sha256: brokenGlass?.sha256 ?? "",
});
const judged = (of: Move, ...signed: readonly Signed[]) =>
  night(of, { now, evidence: { signed: [wordOf(broken), ...signed], rejected: [] } });
const said = (of: Move, ...signed: readonly Signed[]): string =>
  messageOf(glassReviewed.judge(judged(of, ...signed)));

test("nothing moves up until somebody has reviewed it, and the refusal says who broke it, why, and what to do", () =>
  expect(said(up(broken))).toBe(
    "refused: entry 2, half → baseline: broken glass by ops: nobody answers. Nobody else has reviewed it; sign: cutover approve lms --stack rehearsal --review-break-glass 2 --as releaseManager.",
  ));

test("reviewed by another who may order the way back: passed, with the signed file that it rests on", () => {
  const signed = signedBy("the manager", review());
  expect(glassReviewed.judge(judged(up(broken), signed))).toEqual({
    outcome: "passed",
    found: "entry 2, half → baseline: broken glass by ops: nobody answers; reviewed by the manager",
    reliedOn: [{ file: signed.file, sha256: signed.sha256 }],
  });
});

describe("what is no review", () => {
  test("who broke the glass cannot review it, in whichever role", () =>
    expect(said(up(broken), signedBy("ops", review()))).toContain(
      "(not counted: evidence/lms/glass-review-releaseManager.json: who broke the glass cannot review it)",
    ));
  test.for<[string, Partial<Review>]>([
    ["by a role that may not order the way back", { role: "devOps" }],
    ["of another entry", { entry: { sequence: 4, hash: broken.hash } }],
    ["of an entry that was rewritten", { entry: { sequence: 2, hash: "d".repeat(64) } }],
    ["for another definition", { definition: "e".repeat(64) }],
    ["for another stack", { stack: "prod" }],
    ["that has expired", { until: new Date(now).toISOString() }],
    ["that is yet to come", { at: new Date(now + minutes(2)).toISOString() }],
  ])("%s", ([, changes]) =>
    expect(said(up(broken), signedBy("the manager", review(changes)))).toContain(
      "Nobody else has reviewed it",
    ),
  );
  test("by a key that is not in force", () =>
    expect(
      said(up(broken), signedBy("the manager", review(), { keyValidBefore: now - 1 })),
    ).toContain("its key is not valid"));
});

describe("the file that was signed", () => {
  const reviewed = signedBy("the manager", review());
  test("gone, or edited so that its digest is another: refused, reviewed or not", () => {
    const of = night(up(broken), { now, evidence: { signed: [reviewed], rejected: [] } });
    expect(messageOf(glassReviewed.judge(of))).toBe(
      "refused: entry 2, half → baseline: broken glass by ops: nobody answers; what was signed for it is gone; bring back evidence/lms/broken.json as the ledger has it, SHA-256 bbbbbbbbbbbb….",
    );
  });
  test("there, by a key that nobody allows any more: that is no reason to refuse", () => {
    const rejected = [
      { file, reason: "its key", kind: "break-glass", sha256: "b".repeat(64) },
    ] as const;
    const of = night(up(broken), { now, evidence: { signed: [reviewed], rejected } });
    expect(outcome(glassReviewed, of)).toBe("passed");
  });
});

test("a way back that no gate is known to have judged is reviewed as well", () => {
  expect(said(up(unasked))).toContain(
    "entry 2, half → baseline: no gate is known to have found the order that it needs. Nobody else",
  );
  expect(outcome(glassReviewed, judged(up(unasked), signedBy("the manager", review())))).toBe(
    "passed",
  );
});

test("each of several is reviewed, or the step waits", () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      fc.nat(),
      (all, which) => {
        const waiting = all.map((sequence) => ({ ...unasked, sequence }));
        const reviews = waiting.map(({ sequence, hash }) =>
          signedBy("the manager", review({ entry: { sequence, hash } })),
        );
        expect(outcome(glassReviewed, judged(up(...waiting), ...reviews))).toBe("passed");
        const lacking = reviews.toSpliced(which % all.length, 1);
        expect(outcome(glassReviewed, judged(up(...waiting), ...lacking))).toBe("refused");
      },
    ),
  ));

test.for(["evidence", "now"] as const)("refuses when nobody knows %s", (fact) =>
  expect(
    outcome(glassReviewed, without(judged(up(broken), signedBy("the manager", review())), fact)),
  ).toBe("refused"),
);

test("refuses when nobody can read what the ledger has to review", () => {
  const of = move("canary", "half", { unordered: unknown("garbage") });
  expect(said(of)).toBe("refused: nobody knows which ways back are to be reviewed: garbage.");
});

test("where no glass was broken nothing is asked, and no way back waits for a review", () => {
  for (const of of [
    move("canary", "half"),
    up(),
    move("half", "baseline", { unordered: known([broken]) }),
    move("half", "baseline", { unordered: unknown("garbage") }),
  ]) {
    expect(outcome(glassReviewed, without(judged(of), "evidence"))).toBe("not-applicable");
  }
});
