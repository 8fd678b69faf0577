import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mannWhitney } from "../../../../policies/rules/comparison/mann-whitney.ts";
import { atTerm, earlier, ozoneInAugust, ozoneInMay } from "./samples.ts";

/** What R prints without an alternative: either way. */
const eitherWay = (x: readonly number[], y: readonly number[]): number =>
  Math.min(1, 2 * Math.min(mannWhitney(x, y).p, mannWhitney(y, x).p));

describe("agrees with what R's wilcox.test prints for published samples", () => {
  test.for([
    ["ozone in May and August, W = 127.5", ozoneInMay, ozoneInAugust, 127.5, 0.0001208],
    [
      "two samples with many ties, W = 51.5",
      [1, 5, 9, 24, 56, 21, 3, 7, 21, 4],
      [12, 15, 5, 9, 9, 14, 56, 22, 3, 7, 32, 5],
      51.5,
      0.5966,
    ],
    [
      "one wholly below the other, W = 0",
      [1, 5, 9, 24, 56, 21, 3, 7, 21, 4],
      [1233, 4356, 987, 39999, 1111, 200000],
      0,
      0.001364,
    ],
  ] as const)("%s", ([, x, y, w, p]) => {
    expect(mannWhitney(x, y).u).toBe(w);
    // To the four figures that R prints.
    expect(eitherWay(x, y).toPrecision(4)).toBe(p.toPrecision(4));
  });
  test("permeability of the placenta, W = 35", () => {
    const { u, p } = mannWhitney(atTerm, earlier);
    expect(u).toBe(35);
    // R's help says 0.1272 exactly and 0.1103 without the correction for continuity.
    expect(p).toBeGreaterThan(0.1103);
    expect(p).toBeLessThan(0.1272);
  });
});

const sample = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 });

test("u counts the pairs in which the first is greater, equal ones half", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const pairs = x.flatMap((one) =>
        y.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)),
      );
      expect(mannWhitney(x, y).u).toBe(pairs.reduce<number>((sum, one) => sum + one, 0));
    }),
  );
});

test("both directions share the pairs, and only one of them can be likely by chance", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const [one, other] = [mannWhitney(x, y), mannWhitney(y, x)];
      expect(one.u + other.u).toBe(x.length * y.length);
      expect(one.p + other.p).toBeGreaterThanOrEqual(1 - 1e-6);
      expect(one.p).toBeGreaterThanOrEqual(0);
      expect(one.p).toBeLessThanOrEqual(1);
    }),
  );
});

test("only the order of the values counts", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const stretched = (values: readonly number[]) => values.map((value) => value ** 3 + 7);
      expect(mannWhitney(stretched(x), stretched(y))).toEqual(mannWhitney(x, y));
    }),
  );
});

test("where all values are one and the same nothing speaks for a shift", () =>
  expect(mannWhitney([5, 5, 5], [5, 5])).toEqual({ u: 3, p: 1 }));
