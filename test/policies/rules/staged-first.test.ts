import fc from "fast-check";
import { expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import { days } from "../../../definition/units.ts";
import { stagedFirst } from "../../../policies/rules/staged-first.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { entered, messageOf, move, night, outcome, system } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { evidenceOf, signedBy } from "../signed-evidence.ts";

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

/** The shop in production, about to give green its first traffic. */
const shop = planNight(rawdog, ["ttl-lowered", "canary"], 0);
const fortnight = days(14).milliseconds;
const ago = (milliseconds: number): string => new Date(shop.now - milliseconds).toISOString();

/** What is signed of the shop's staging, at the last moment at which it counts. */
const saidOfShop = (changes: Partial<Extract<Unsigned, { statement: "staging" }>>): Unsigned =>
  said({
    ...{ system: "rawdog", role: "releaseOwner", definition: digest(shop.definition) },
    ...{ at: ago(0), until: ago(-fortnight), reachedAt: ago(fortnight) },
    ...changes,
  });

test.for<[string, readonly Unsigned[], string]>([
  ["a fortnight ago: passed", [saidOfShop({})], "passed"],
  ["longer ago: refused", [saidOfShop({ reachedAt: ago(fortnight + 1) })], "refused"],
  ["half of it: refused", [saidOfShop({ reached: "half" })], "refused"],
  ["by another definition: refused", [saidOfShop({ definition: "b".repeat(64) })], "refused"],
  ["on the word of another role: refused", [saidOfShop({ role: "onCall" })], "refused"],
  ["on nobody's word: refused", [], "refused"],
])("S4-41: staging moved all traffic before the shop moves any: %s", ([, statements, expected]) => {
  const judged = withFacts(shop, { evidence: evidenceOf(statements) });
  expect(outcome(stagedFirst, judged)).toBe(expected);
});
