import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import type { FactName } from "../../policies/facts/facts.ts";
import { known, notYetCreated, unknown } from "../../policies/facts/reading.ts";
import { judgeMove } from "../../policies/judge.ts";
import { changeWindow } from "../../policies/rules/change-window.ts";
import { refused, rule } from "../../policies/rules/rule.ts";
import { soak } from "../../policies/rules/soak.ts";
import {
  entered,
  factsFrom,
  goodFacts,
  minutes,
  move,
  night,
  readingsOf,
  system,
} from "./lms-night.ts";

const stages = ["baseline", "canary", "half", "full"];
const factNames = Object.keys(goodFacts(move("canary", "half"))) as FactName[];

const anyValue = fc.oneof(
  fc.anything(),
  fc.record({ blue: fc.double(), green: fc.double() }),
  fc.constantFrom(NaN, -1, 0, Infinity, null, undefined, {}, []),
);
const anyReading = fc.oneof(
  anyValue.map(known),
  fc.string().map(unknown),
  fc.constant(notYetCreated("it")),
  fc.constant(undefined),
);
const anyFacts = fc.record(Object.fromEntries(factNames.map((name) => [name, anyReading])));
const anyMoveBack = fc
  .tuple(fc.nat(3), fc.nat(3))
  .filter(([from, to]) => to < from)
  .chain(([from, to]) =>
    fc
      .record({
        since: fc.string(),
        damage: fc.string(),
        environment: fc.string(),
        stack: fc.string(),
      })
      .map((changes) => move(stages[from] ?? "", stages[to] ?? "", changes)),
  );

describe("S1-3: a rollback is held up by nothing", () => {
  test("whatever the facts say", () =>
    fc.assert(
      fc.property(anyMoveBack, anyFacts, (back, facts) => {
        for (const one of allRules) {
          expect(one.judge({ move: back, definition: system, facts }).outcome).not.toBe("refused");
        }
      }),
    ));
  test("and no fact is even read", async () => {
    const facts = new Proxy({} as never, {
      get: (_, name) => () => Promise.reject(new Error(`${String(name)} was read`)),
    });
    const { allowed, verdicts } = await judgeMove({
      definition: system,
      move: move("half", "baseline"),
      facts,
      rules: allRules,
    });
    expect(allowed).toBe(true);
    expect(verdicts.filter(({ verdict }) => verdict.outcome !== "not-applicable")).toMatchObject([
      { rule: "way-back", verdict: { outcome: "passed" } },
    ]);
  });
});

const judged = async (from: string, to: string, changes: Parameters<typeof night>[1] = {}) => {
  const of = move(from, to);
  const { facts } = night(of, changes);
  return judgeMove({ definition: system, move: of, facts: factsFrom(facts), rules: allRules });
};

test("a good night lets every step up go on", async () => {
  for (const [from, to] of [
    ["(none)", "baseline"],
    ["baseline", "canary"],
    ["canary", "half"],
    ["half", "full"],
  ] as const) {
    const { allowed, verdicts } = await judged(from, to);
    expect(verdicts.filter(({ verdict }) => verdict.outcome === "refused")).toEqual([]);
    expect(allowed).toBe(true);
  }
});

test("any fact that nobody knows refuses a step up, whichever it is", async () => {
  const of = move("canary", "half");
  const asking = allRules.filter(
    ({ binds, exempt }) =>
      binds.includes("forward") && exempt?.({ move: of, definition: system }) === undefined,
  );
  for (const name of factNames.filter((each) => asking.some(({ needs }) => needs.includes(each)))) {
    const facts = factsFrom({ ...readingsOf(goodFacts(of)), [name]: unknown("silence") });
    const { allowed } = await judgeMove({ definition: system, move: of, facts, rules: allRules });
    expect([name, allowed]).toEqual([name, false]);
  }
});

test("a rule whose facts are garbage refuses a step up and never throws", () =>
  fc.assert(
    fc.asyncProperty(anyFacts, async (facts) => {
      const { allowed } = await judgeMove({
        definition: system,
        move: move("canary", "half"),
        facts: factsFrom(facts),
        rules: allRules,
      });
      expect(allowed).toBe(false);
    }),
    { numRuns: 50 },
  ));

test("S1-70: says when the move is possible, if time alone is missing", async () => {
  const early = { now: entered + minutes(11) };
  const of = move("canary", "half");
  // The checkpoint at the soak's end takes more than time.
  const rules = allRules.filter(({ name }) => name !== "checkpoint-answered");
  const next = async (changes: Parameters<typeof night>[1]) => {
    const facts = factsFrom(night(of, changes).facts);
    return (await judgeMove({ definition: system, move: of, facts, rules })).nextPossibleAt;
  };
  expect(await next(early)).toBe(entered + minutes(15));
  const sick = { ...early, liveWeights: { blue: 70, green: 30 } };
  expect(await next(sick)).toBeUndefined();
  expect((await judged("canary", "half", early)).nextPossibleAt).toBeUndefined();
  expect((await judged("canary", "half")).nextPossibleAt).toBeUndefined();
});

test("S1-19: a soak that ends too late for this window waits for the next one", async () => {
  const of = move("canary", "half", { since: "2026-01-11T00:30:00Z" });
  const { facts } = night(of, { now: Date.parse("2026-01-11T00:31:00Z") });
  const { nextPossibleAt } = await judgeMove({
    definition: system,
    move: of,
    facts: factsFrom(facts),
    rules: [soak, changeWindow],
  });
  // The soak is over at 00:45; half is entered at 00:35 at the latest.
  expect(nextPossibleAt).toBe(Date.parse("2026-01-17T22:00:00Z"));
});

test("a rule that throws refuses a step up by its own name, and holds up nothing else", async () => {
  const broken = rule({
    name: "broken",
    sentence: "",
    severity: "medium",
    remediation: "",
    binds: ["forward", "back", "recorded"],
    needs: [],
    judge: () => {
      throw new Error("a bug");
    },
  });
  const outcomeFor = async (of: ReturnType<typeof move>) =>
    (await judgeMove({ definition: system, move: of, facts: factsFrom({}), rules: [broken] }))
      .verdicts[0]?.verdict;
  expect(await outcomeFor(move("canary", "half"))).toMatchObject({
    outcome: "refused",
    message: "refused: not judged: a bug.",
  });
  expect(await outcomeFor(move("half", "baseline"))).toMatchObject({ outcome: "not-applicable" });
  expect(await outcomeFor(move("canary", "half", { kind: "recorded" }))).toMatchObject({
    outcome: "not-applicable",
  });
});

test("a rule reads no fact where the plan spares it", async () => {
  const spared = rule({
    name: "spared",
    sentence: "",
    severity: "medium",
    remediation: "",
    binds: ["forward"],
    needs: ["now"],
    exempt: () => "the plan asks for nothing",
    judge: () => refused({ found: "nobody said so", expected: "a word" }),
  });
  const facts = new Proxy(factsFrom({}), {
    get: () => () => {
      throw new Error("a fact was read");
    },
  });
  const of = move("canary", "half");
  const judgement = await judgeMove({ definition: system, move: of, facts, rules: [spared] });
  expect(judgement).toMatchObject({ allowed: true, nextPossibleAt: undefined });
  expect(judgement.verdicts.map(({ verdict }) => verdict.outcome)).toEqual(["not-applicable"]);
});
