import { describe, expect, test } from "vitest";
import { days, minutes } from "../../../definition/units.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import { rehearsalProof } from "../../../policies/rules/rehearsal-proof.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { evidenceOf } from "../signed-evidence.ts";

type Proof = Omit<StatementOf<"rehearsal">, "by">;

const lowered = planNight(rawdog, ["ttl-lowered", "canary"], minutes(10).milliseconds);
const judged = (changes: Partial<Proof>) =>
  rehearsalProof.judge(
    withFacts(lowered, {
      evidence: evidenceOf(
        lowered.asked.map((each) =>
          each.statement === "rehearsal" ? { ...each, ...changes } : each,
        ),
      ),
    }),
  );
const ran = (ago: number) => ({ ranAt: new Date(lowered.now - ago).toISOString() });
const rollback = (stage: string, restoredMilliseconds: number) => ({
  rollbacks: [{ stage, restoredMilliseconds, budgetMilliseconds: 120_000 }],
});

describe("S4-78: rolling back is rehearsed before any traffic moves", () => {
  test("a rollback from the next stage within its budget: passed", () =>
    expect(judged({}).outcome).toBe("passed"));
  test.for([
    [120_000, "passed"],
    [120_001, "refused"],
  ] as const)("back after %i ms of 120,000: %s", ([took, expected]) =>
    expect(judged(rollback("canary", took)).outcome).toBe(expected),
  );
  test("a budget that the statement itself loosens does not count", () =>
    expect(
      judged({
        rollbacks: [
          { stage: "canary", restoredMilliseconds: 130_000, budgetMilliseconds: 999_000 },
        ],
      }).outcome,
    ).toBe("refused"));
  test("no rollback, or one from another stage: refused", () => {
    expect(messageOf(judged({ rollbacks: [] }))).toContain("no rehearsal rolled back from canary");
    expect(judged(rollback("half", 1)).outcome).toBe("refused");
  });
  test("a rehearsal that did not complete: refused", () =>
    expect(judged({ completed: false }).outcome).toBe("refused"));
});

test.for([
  [days(7).milliseconds, "passed"],
  [days(7).milliseconds + 1, "refused"],
] as const)("S4-42: rehearsed %i milliseconds ago: %s", ([ago, expected]) =>
  expect(judged(ran(ago)).outcome).toBe(expected),
);

test("a rehearsal of another definition is not one of this", () =>
  expect(messageOf(judged({ definition: "0".repeat(64) }))).toBe(
    "refused: this definition was not rehearsed in the last 7 d; rehearse it and sign: cutover approve rawdog --stack prod --rehearsal FILE… (not counted: evidence/rawdog/rehearsal-releaseOwner.json: it is about another definition or stack).",
  ));

test("S0-42: the freeze begins only after a rehearsed rollback", () =>
  expect(
    rehearsalProof.judge(planNight(intelliflow, ["preflight", "frozen"], minutes(30).milliseconds))
      .outcome,
  ).toBe("passed"));

test.for(["now", "evidence"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(rehearsalProof, without(lowered, fact))).toBe("refused"),
);

test("where the plan asks for none, none is missed; a rollback never waits for one", () => {
  expect(outcome(rehearsalProof, night(move("canary", "half")))).toBe("not-applicable");
  expect(outcome(rehearsalProof, night(move("half", "baseline")))).toBe("not-applicable");
});
