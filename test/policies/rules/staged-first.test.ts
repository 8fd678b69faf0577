import fc from "fast-check";
import { expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import { stagedFirst } from "../../../policies/rules/staged-first.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { entered, messageOf, move, night, system } from "../lms-night.ts";
import { signedBy } from "../signed-evidence.ts";

const term = system.staged?.notOlderThan.milliseconds ?? 0;
const now = entered + 3_600_000;
const up = { ...move("baseline", "canary"), environment: "production", stack: "prod" } as const;

/** What the QA lead says of staging. */
const said = (changes: Partial<Extract<Unsigned, { statement: "staging" }>> = {}): Unsigned => ({
  ...{ statement: "staging", version: 1, system: "lms", stack: "prod", role: "qa" },
  definition: digest(system),
  at: new Date(entered).toISOString(),
  until: new Date(now + term).toISOString(),
  ...{ of: "staging", reached: "full", head: "a".repeat(64) },
  reachedAt: new Date(entered - 60_000).toISOString(),
  ...changes,
});
const judged = (statements: readonly Unsigned[], of: Parameters<typeof night>[0] = up) =>
  stagedFirst.judge(
    night(of, {
      now,
      evidence: { signed: statements.map((each) => signedBy("the tester", each)), rejected: [] },
    }),
  );

test("S1-23: production goes up once staging went through the same definition", () =>
  expect(judged([said()])).toMatchObject({
    outcome: "passed",
    found: expect.stringMatching(/^staging reached full at /),
    reliedOn: [{ sha256: digest(said()) }],
  }));

test("S1-23: without that word production stays where it is, and is told how to get it", () =>
  expect(messageOf(judged([]))).toBe(
    "refused: nobody has signed that staging did; expected full reached in staging with this definition, at most 3 d ago; sign: cutover approve lms --stack prod --staging STACK --as qa.",
  ));

test.for<[string, Unsigned]>([
  ["another definition", said({ definition: "b".repeat(64) })],
  ["another stack's production", said({ stack: "elsewhere" })],
  ["a role that is not asked", said({ role: "devOps" })],
  ["a staging that stopped half-way", said({ reached: "half" })],
  ["a stage that the plan does not know", said({ reached: "beyond" })],
])("the word for %s does not count", ([, statement]) =>
  expect(judged([statement]).outcome).toBe("refused"),
);

test("S1-23: the age is exact: a millisecond beyond it is refused", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 * term }), (age) => {
      const reachedAt = new Date(now - age).toISOString();
      expect(judged([said({ reachedAt })]).outcome).toBe(age <= term ? "passed" : "refused");
    }),
    { examples: [[term], [term + 1]] },
  );
});

test("staging itself, rehearsals and the way back wait for nothing of it", () => {
  expect(judged([], { ...up, environment: "staging", stack: "staging" }).outcome).toBe(
    "not-applicable",
  );
  expect(judged([], move("baseline", "canary")).outcome).toBe("not-applicable");
  expect(
    judged([], { ...move("half", "baseline"), environment: "production", stack: "prod" }).outcome,
  ).toBe("not-applicable");
});
