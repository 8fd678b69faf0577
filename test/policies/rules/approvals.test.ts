import { describe, expect, test } from "vitest";
import { hours, minutes } from "../../../definition/units.ts";
import { approvals } from "../../../policies/rules/approvals.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { nxop } from "../../definition/plans/nxop.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { signedBy } from "../signed-evidence.ts";

const preflight = planNight(intelliflow, ["preflight", "frozen"], minutes(30).milliseconds);
const approval = (role: string): Unsigned => {
  const found = preflight.asked.find((each) => each.statement === "approval" && each.role === role);
  if (found === undefined) throw new Error(`nobody asks for ${role}`);
  return found;
};
const four = ["databaseAdministrator", "infrastructureLead", "applicationLead", "migrationLead"];
const judged = (
  signed: readonly ReturnType<typeof signedBy>[],
  facts: Parameters<typeof withFacts>[1] = {},
) => approvals.judge(withFacts(preflight, { evidence: { signed, rejected: [] }, ...facts }));
const byThemselves = four.map((role) => signedBy(`the ${role}`, approval(role)));

describe("S0-60: four leads, four people, none who made the change", () => {
  test("all four: passed, each named", () =>
    expect(judged(byThemselves)).toMatchObject({
      outcome: "passed",
      found: expect.stringContaining("the migrationLead") as string,
    }));
  test("three of four: refused, naming the missing role and the command", () =>
    expect(messageOf(judged(byThemselves.slice(0, 3)))).toBe(
      "refused: preflight → frozen is not approved by Migration Lead; sign: cutover approve intelliflow --stack prod --to frozen --as migrationLead.",
    ));
  test("one person in two roles: refused", () => {
    const twice = [
      ...byThemselves.slice(0, 3),
      signedBy("the databaseAdministrator", approval("migrationLead")),
    ];
    expect(messageOf(judged(twice))).toContain("must be different people");
  });
  test("a person with two roles may fill the one that is left", () => {
    const stand = signedBy("the databaseAdministrator", approval("migrationLead"));
    const other = signedBy("another", approval("databaseAdministrator"));
    expect(judged([stand, ...byThemselves.slice(0, 3), other]).outcome).toBe("passed");
  });
  test("the author's own word does not count", () => {
    const verdict = judged(byThemselves, { changeAuthors: ["the migrationLead"] });
    expect(messageOf(verdict)).toContain("nobody approves a change of their own");
  });
});

describe("a word is good for one move, one definition, one stack, and a while", () => {
  const other = (change: Record<string, unknown>) =>
    judged([
      ...byThemselves.slice(0, 3),
      signedBy("the migrationLead", { ...approval("migrationLead"), ...change }),
    ]);
  const at = (of: number) => new Date(preflight.now - of).toISOString();
  const theMove = { from: "preflight", to: "frozen", sequence: 4, follows: "e".repeat(64) };
  test.for([
    ["given for a later move of the same name", { move: { ...theMove, sequence: 6 } }],
    ["given after another history", { move: { ...theMove, follows: "d".repeat(64) } }],
    ["given for another stage", { move: { ...theMove, to: "live" } }],
    ["about another definition", { definition: "0".repeat(64) }],
    ["about another stack", { stack: "staging" }],
    ["that has expired", { until: at(0) }],
    ["older than a day", { at: at(hours(24).milliseconds), until: "9999-12-31T00:00:00Z" }],
    ["dated in the future", { at: at(-hours(1).milliseconds) }],
  ] as const)("%s: refused", ([, change]) => {
    const verdict = other(change);
    expect(verdict.outcome).toBe("refused");
    expect(messageOf(verdict)).toContain("(not counted: evidence/intelliflow/approval-");
  });
  test("a second before it expires it counts", () =>
    expect(other({ at: at(hours(24).milliseconds - 1_000), until: at(-1_000) }).outcome).toBe(
      "passed",
    ));
  test("a key that was not valid then, or is no longer, does not count", () => {
    const word = approval("migrationLead");
    const signedWith = (key: Parameters<typeof signedBy>[2]) =>
      judged([...byThemselves.slice(0, 3), signedBy("the migrationLead", word, key)]).outcome;
    expect(signedWith({ keyValidAfter: preflight.now })).toBe("passed");
    expect(signedWith({ keyValidAfter: preflight.now + 1 })).toBe("refused");
    expect(signedWith({ keyValidBefore: preflight.now + 1 })).toBe("passed");
    expect(signedWith({ keyValidBefore: preflight.now })).toBe("refused");
  });
  test("S0-270: a word for a plan counts for an update that keeps to that plan", () => {
    const bound = four.map((role) =>
      signedBy(`the ${role}`, { ...approval(role), plan: "a".repeat(64) } as Unsigned),
    );
    expect(judged(bound, { runningPlan: "a".repeat(64) }).outcome).toBe("passed");
    expect(messageOf(judged(bound, { runningPlan: "b".repeat(64) }))).toContain("another plan");
    expect(messageOf(judged(bound))).toContain("CUTOVER_PLAN");
  });
});

test("S3-83: those who sign one after another are refused in another order", () => {
  const prepared = planNight(supabase, ["prepare", "migrate"], hours(1).milliseconds);
  const words = prepared.asked.filter(({ statement }) => statement === "approval");
  const signedAt = (order: readonly number[]) =>
    approvals.judge(
      withFacts(prepared, {
        evidence: {
          signed: words.map((word, index) =>
            signedBy(`the ${word.role}`, {
              ...word,
              at: new Date(prepared.now - 60_000 + 1_000 * (order[index] ?? 0)).toISOString(),
            }),
          ),
          rejected: [],
        },
      }),
    );
  expect(signedAt([0, 1, 2, 3]).outcome).toBe("passed");
  expect(messageOf(signedAt([0, 2, 1, 3]))).toContain("one after another, in this order");
});

test.for([
  ["S2-74", nxop, ["east", "ready"]],
  ["S4-75", rawdog, ["ttl-lowered", "canary"]],
] as const)("%s: passes with everybody's word and refuses without", ([, plan, stages]) => {
  const asked = planNight(plan, stages, minutes(10).milliseconds);
  expect(approvals.judge(asked).outcome).toBe("passed");
  expect(
    approvals.judge(withFacts(asked, { evidence: { signed: [], rejected: [] } })).outcome,
  ).toBe("refused");
});

test.for(["now", "evidence", "changeAuthors", "runningPlan"] as const)(
  "refuses when nobody knows %s",
  (fact) => expect(outcome(approvals, without(preflight, fact))).toBe("refused"),
);

test("where the plan asks nobody, nobody is missed", () =>
  expect(outcome(approvals, without(night(move("canary", "half")), "evidence"))).toBe(
    "not-applicable",
  ));

test("never holds up a rollback", () =>
  expect(outcome(approvals, { ...preflight, move: { ...preflight.move, kind: "back" } })).toBe(
    "not-applicable",
  ));
