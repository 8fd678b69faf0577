import { describe, expect, test } from "vitest";
import { compared } from "../../../../policies/rules/comparison/compared.ts";
import { alsoAroundTen, alsoAroundTwenty, aroundTen, aroundTwenty } from "./samples.ts";

/** Ten percent of tolerance and 98 % of confidence, as Kayenta is wired. */
const isWorse = (...samples: Parameters<typeof compared>): boolean => {
  const { worsePercent, byChance } = compared(...samples);
  return worsePercent > 10 && byChance < 0.02;
};

describe("agrees with what Kayenta's tests say of their canaries", () => {
  test.for([
    ["the same", aroundTen, alsoAroundTen, false, false],
    ["high", aroundTwenty, alsoAroundTen, true, false],
    ["low", aroundTen, alsoAroundTwenty, false, true],
  ] as const)("%s", ([, green, blue, high, low]) => {
    expect(isWorse(green, blue, "higher")).toBe(high);
    expect(isWorse(green, blue, "lower")).toBe(low);
  });
});

test("how much worse is a part of blue's middle, in the direction that is worse", () => {
  const blue = [90, 100, 110];
  const green = [108, 118, 128];
  expect(compared(green, blue, "higher").worsePercent).toBeCloseTo(18, 9);
  expect(compared(green, blue, "lower").worsePercent).toBeCloseTo(-18, 9);
});

test("where blue had none of it, anything is infinitely worse and nothing is none", () => {
  expect(compared([1, 1, 1], [0, 0, 0], "higher").worsePercent).toBe(Infinity);
  expect(compared([0, 0, 0], [0, 0, 0], "higher").worsePercent).toBe(0);
});

/** Repeatable numbers around 1, not evenly spread (a product of three uniform ones and an offset). */
const generator = (seed: number): (() => number) => {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => 0.85 + 0.3 * ((uniform() + uniform() + uniform()) / 3);
};

describe("a thousand canaries of 47 minutes each", () => {
  const held = (factor: number): number => {
    const next = generator(7);
    const minutes = (by: number) => Array.from({ length: 47 }, () => by * next());
    return Array.from({ length: 1_000 }, () =>
      compared(minutes(factor), minutes(1), "higher"),
    ).filter(({ worsePercent }) => worsePercent > 10).length;
  };
  test("one that is as good as blue is never held up", () => expect(held(1)).toBe(0));
  test("one that is a fifth slower never passes", () => expect(held(1.2)).toBe(1_000));
});
