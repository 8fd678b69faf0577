import { describe, expect, test } from "vitest";
import { soak } from "../../../policies/rules/soak.ts";
import { entered, messageOf, minutes, move, night, outcome, without } from "../lms-night.ts";

const leaving = (from: string, to: string, elapsed: number) =>
  night(move(from, to), { now: entered + elapsed });

describe("exact edges", () => {
  test.for([
    ["S1-70", "canary", "half", 15],
    ["S1-79", "half", "full", 20],
  ] as const)("%s: %s is left after %i minutes", ([, from, to, length]) => {
    expect(outcome(soak, leaving(from, to, minutes(length)))).toBe("passed");
    expect(outcome(soak, leaving(from, to, minutes(length) - 1))).toBe("refused");
    expect(outcome(soak, leaving(from, to, 0))).toBe("refused");
  });
});

test("S1-70: the refusal says how much has passed and when it is possible", () => {
  const verdict = soak.judge(leaving("canary", "half", minutes(11)));
  expect(messageOf(verdict)).toBe(
    "refused: 11 of 15 soak minutes at canary (10 %) have passed; next possible at 22:41:00 UTC (in 4 min).",
  );
  expect(verdict).toMatchObject({ nextPossibleAt: entered + minutes(15) });
});

test("S1-70: one second early is fourteen minutes, not fifteen", () =>
  expect(messageOf(soak.judge(leaving("canary", "half", minutes(15) - 1_000)))).toBe(
    "refused: 14 of 15 soak minutes at canary (10 %) have passed; next possible at 22:41:00 UTC (in 1 s).",
  ));

test("a stage that began in the future refuses", () =>
  expect(messageOf(soak.judge(leaving("canary", "half", -minutes(1))))).toBe(
    "refused: canary began at 22:26:00 UTC, says the ledger, but it is 22:25:00 UTC only.",
  ));

test.for(["", "yesterday", "2026-01-10", "2026-01-10T22:26:00", "2026-99-99T22:26:00Z"])(
  "%j is no time, so nobody knows when the stage began",
  (since) =>
    expect(messageOf(soak.judge(night(move("canary", "half", { since }))))).toMatch(
      /^refused: nobody knows when canary began: /,
    ),
);

test("refuses when nobody knows what time it is", () =>
  expect(messageOf(soak.judge(without(leaving("canary", "half", minutes(15)), "now")))).toBe(
    "refused: nobody knows the time: the source is silent.",
  ));

test("a stage without a soak may be left at any time", () =>
  expect(outcome(soak, leaving("baseline", "canary", 0))).toBe("not-applicable"));
