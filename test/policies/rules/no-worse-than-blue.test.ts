import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minutes } from "../../../definition/units.ts";
import type { ComparedValues } from "../../../policies/facts/facts.ts";
import { known, unknown, type Reading } from "../../../policies/facts/reading.ts";
import { noWorseThanBlue } from "../../../policies/rules/no-worse-than-blue.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";

const shifting = planNight(supabase, ["shift-10", "shift-25"], minutes(48).milliseconds);
/** Forty minutes around a value, milliseconds. */
const around = (value: number, count = 40): readonly number[] =>
  Array.from({ length: count }, (_, index) => value + ((index * 7) % 11) - 5);
const judged = (reading: Reading<ComparedValues> | undefined) =>
  withFacts(shifting, {
    comparedValues: reading === undefined ? {} : { "slower-than-blue": reading },
  });
const sides = (green: readonly number[], blue: readonly number[]) => judged(known({ green, blue }));

describe("S3-21, S3-29: response time within ten percent of what it replaces", () => {
  test.for([
    [100, "passed"],
    [80, "passed"],
    [109, "passed"],
    [110, "passed"],
    [110.1, "refused"],
    [150, "refused"],
  ] as const)("100 ms on blue, %d ms on green: %s", ([green, expected]) =>
    expect(outcome(noWorseThanBlue, sides(around(green), around(100)))).toBe(expected),
  );
  test("the message says how much, and that it is no chance", () =>
    expect(messageOf(noWorseThanBlue.judge(sides(around(130), around(100))))).toBe(
      "refused: Response time (p95) on green is 30 % worse than on blue, at most 10 % worse is tolerated; this is no chance.",
    ));
  test("what chance could do as well is refused too, and the message says to wait", () => {
    const wild = (value: number) =>
      Array.from({ length: 40 }, (_, index) => value * (0.3 + (1.4 * ((index * 17) % 40)) / 40));
    expect(messageOf(noWorseThanBlue.judge(sides(wild(112), wild(98))))).toMatch(
      /% worse is tolerated; chance alone would show this in \d+ of 100 windows: more minutes will tell\.$/,
    );
  });
});

describe("what cannot be compared refuses", () => {
  test.for([
    ["nobody read it", undefined],
    ["Datadog answered 503", unknown("Datadog answered 503")],
    [
      "green has 29 and blue 40 of the 30 periods needed",
      known({ green: around(100, 29), blue: around(100) }),
    ],
    ["green has 40 and blue 0 of the 30 periods needed", known({ green: around(100), blue: [] })],
    ["NaN is no measurement", known({ green: [...around(100), NaN], blue: around(100) })],
    ["-1 is no measurement", known({ green: around(100), blue: [...around(100), -1] })],
    ["Infinity is no measurement", known({ green: [Infinity], blue: around(100) })],
  ] as const)("%s", ([says, reading]) =>
    expect(messageOf(noWorseThanBlue.judge(judged(reading)))).toBe(
      `refused: Response time (p95) cannot be compared: ${says}.`,
    ),
  );
  test("thirty periods on both sides are enough", () =>
    expect(outcome(noWorseThanBlue, sides(around(100, 30), around(100, 30)))).toBe("passed"));
  test("refuses without any values", () =>
    expect(outcome(noWorseThanBlue, without(shifting, "comparedValues"))).toBe("refused"));
});

test("where blue had none, anything on green is worse", () => {
  const none = Array.from({ length: 40 }, () => 0);
  expect(outcome(noWorseThanBlue, sides(none, none))).toBe("passed");
  expect(messageOf(noWorseThanBlue.judge(sides(around(10), none)))).toContain(
    "on green is worse, where blue has none of it, at most 10 % worse is tolerated",
  );
});

test("a green that grows slower never becomes fit again", () => {
  const verdict = (green: number) => outcome(noWorseThanBlue, sides(around(green), around(100)));
  fc.assert(
    fc.property(
      fc.integer({ min: 50, max: 200 }),
      fc.integer({ min: 0, max: 100 }),
      (green, by) => {
        if (verdict(green) === "refused") expect(verdict(green + by)).toBe("refused");
      },
    ),
  );
});

describe("not asked", () => {
  test("where one side has all traffic", () => {
    for (const [from, to] of [
      ["migrate", "shift-10"],
      ["shift-100", "verify"],
    ] as const) {
      expect(outcome(noWorseThanBlue, planNight(supabase, [from, to], 0))).toBe("not-applicable");
    }
  });
  test("where the plan compares nothing, and of a rollback", () => {
    expect(outcome(noWorseThanBlue, night(move("canary", "half")))).toBe("not-applicable");
    expect(outcome(noWorseThanBlue, planNight(supabase, ["shift-50", "migrate"], 0))).toBe(
      "not-applicable",
    );
  });
});
