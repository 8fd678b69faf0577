import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { dataInStep } from "../../../policies/rules/data-in-step.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { nxop } from "../../definition/plans/nxop.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { messageOf, move, night, outcome } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";

const minute = 60_000;
const onRawdog = (from: string, to: string, values: Readonly<Record<string, number>>, age = 0) => {
  const of = planNight(rawdog, [from, to], minute);
  const figures = Object.entries(values).map(
    ([name, value]) => [name, known({ value, at: of.now - age })] as const,
  );
  return withFacts(of, { dataFigures: Object.fromEntries(figures) });
};
const freeze = (values: Readonly<Record<string, number>>, age = 0) =>
  onRawdog("ttl-lowered", "canary", values, age);

test("S4-13, S4-14: little is left to copy and no row differs before the first traffic", () =>
  expect(outcome(dataInStep, freeze({ "sync-backlog": 1_000, mismatches: 0 }))).toBe("passed"));

describe("no traffic on data that is not there, or differs", () => {
  test.for([
    [
      "S4-13",
      { "sync-backlog": 1_001, mismatches: 0 },
      "Changes that are not copied yet: 1001, limit at most 1000",
    ],
    ["S4-14", { "sync-backlog": 0, mismatches: 1 }, "Rows that differ: 1, limit below 1"],
    ["NaN", { "sync-backlog": NaN, mismatches: 0 }, "Changes that are not copied yet: NaN"],
    ["below nothing", { "sync-backlog": -1, mismatches: 0 }, "Changes that are not copied yet: -1"],
  ] as const)("%s", ([, values, message]) =>
    expect(messageOf(dataInStep.judge(freeze(values)))).toContain(message),
  );
});

test("S4-5: a copy that lags more than half a minute holds up the next step", () => {
  const lagging = (seconds: number) =>
    onRawdog("canary", "half", { mismatches: 0, "sync-lag": seconds * 1_000 });
  expect(outcome(dataInStep, lagging(30))).toBe("passed");
  expect(outcome(dataInStep, lagging(30.1))).toBe("refused");
});

test("S2-37: a replica that lags 30 seconds is not left", () => {
  const of = planNight(nxop, ["core-west", "entry-west"], minute);
  const lagging = (milliseconds: number) =>
    withFacts(of, { dataFigures: { lag: known({ value: milliseconds, at: of.now }) } });
  expect(outcome(dataInStep, lagging(29_900))).toBe("passed");
  expect(outcome(dataInStep, lagging(30_000))).toBe("refused");
});

test.for([
  ["S0-80: a legacy that takes writes is not left frozen", "frozen", "synced", "legacy-writable"],
  ["S0-90: one orphan is enough to stay", "synced", "validated", "orphaned-contacts"],
] as const)("%s", ([, from, to, check]) => {
  const of = planNight(intelliflow, [from, to], minute);
  const found = (value: number) =>
    withFacts(of, { dataFigures: { [check]: known({ value, at: of.now }) } });
  expect(outcome(dataInStep, found(0))).toBe("passed");
  expect(outcome(dataInStep, found(1))).toBe("refused");
});

test("S3-14: one document that differs is enough to stay", () => {
  const of = planNight(supabase, ["migrate", "shift-10"], minute);
  const differing = (value: number) =>
    withFacts(of, {
      dataFigures: {
        mismatches: known({ value, at: of.now }),
        "replication-lag": known({ value: 0, at: of.now }),
      },
    });
  expect(outcome(dataInStep, differing(0))).toBe("passed");
  expect(outcome(dataInStep, differing(1))).toBe("refused");
});

test("a value that is older than the plan allows is none", () => {
  const of = { "sync-backlog": 0, mismatches: 0 };
  expect(outcome(dataInStep, freeze(of, 5 * minute))).toBe("passed");
  expect(messageOf(dataInStep.judge(freeze(of, 5 * minute + 1)))).toContain(
    "Changes that are not copied yet: older than 5 min",
  );
});

test("refuses when nobody knows one of the figures, or the time", () => {
  const of = freeze({ mismatches: 0 });
  expect(messageOf(dataInStep.judge(of))).toContain("Changes that are not copied yet: nobody read");
  const silent = { "sync-backlog": unknown("Datadog is silent"), mismatches: unknown("x") };
  expect(messageOf(dataInStep.judge(withFacts(of, { dataFigures: silent })))).toContain(
    "Changes that are not copied yet: Datadog is silent",
  );
  const { now: _, ...timeless } = freeze({ "sync-backlog": 0, mismatches: 0 }).facts;
  expect(outcome(dataInStep, { ...of, facts: timeless })).toBe("refused");
});

test("a stage that names no figure asks for none, and a way back never does", () => {
  expect(outcome(dataInStep, night(move("canary", "half")))).toBe("not-applicable");
  expect(outcome(dataInStep, onRawdog("half", "ttl-lowered", { mismatches: 9 }))).toBe(
    "not-applicable",
  );
});

test("it passes exactly when each figure keeps its limit", () => {
  const figure = fc.double({ min: 0, max: 60_000, noNaN: true });
  fc.assert(
    fc.property(figure, figure, (mismatches, lag) => {
      const judged = onRawdog("half", "full", { mismatches, "sync-lag": lag });
      const good = mismatches < 1 && lag <= 30_000;
      expect(outcome(dataInStep, judged)).toBe(good ? "passed" : "refused");
    }),
  );
});
