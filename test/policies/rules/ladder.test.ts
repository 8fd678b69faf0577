import { describe, expect, test } from "vitest";
import { ladder } from "../../../policies/rules/ladder.ts";
import { messageOf, move, night, outcome } from "../lms-night.ts";

const stages = ["baseline", "canary", "half", "full"];

describe("S1-2: weights of green go up one stage at a time", () => {
  for (const [at, from] of stages.entries()) {
    for (const [aim, to] of stages.entries()) {
      if (aim <= at) continue;
      const expected = aim === at + 1 ? "passed" : "refused";
      test(`${from} → ${to}: ${expected}`, () =>
        expect(outcome(ladder, night(move(from, to)))).toBe(expected));
    }
  }
  test.for(stages)("beginning at %s", (to) =>
    expect(outcome(ladder, night(move("(none)", to)))).toBe(
      to === "baseline" ? "passed" : "refused",
    ),
  );
});

test("S1-2: a refused jump names the stage that was left out, and its config value", () => {
  expect(messageOf(ladder.judge(night(move("baseline", "half"))))).toBe(
    "refused: baseline → half leaves out canary; the next stage is canary (lms:trafficWeight 10).",
  );
  expect(messageOf(ladder.judge(night(move("(none)", "full"))))).toBe(
    "refused: the cutover cannot begin at full; it begins at baseline (lms:trafficWeight 0).",
  );
});

test.for([
  ["canary", "nowhere"],
  ["nowhere", "half"],
  ["canary", "canary"],
  ["canary", ""],
] as const)("%s → %s is no step", ([from, to]) =>
  expect(outcome(ladder, night(move(from, to)))).toBe("refused"),
);
