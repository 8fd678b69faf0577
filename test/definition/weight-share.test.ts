import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOf } from "../../definition/weight-share.ts";

test("a weight's share is that of the sum", () => {
  expect(shareOf(10, [90, 10])).toBe(10);
  expect(shareOf(1, [1, 2])).toBe(33.33);
  expect(shareOf(0, [5, 0])).toBe(0);
});

test("weights that are all 0 share alike", () => expect(shareOf(0, [0, 0])).toBe(50));

test("both shares make everything", () => {
  const weight = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(weight, weight, (blue, green) => {
      const all = [blue, green];
      expect(shareOf(blue, all) + shareOf(green, all)).toBeCloseTo(100, 1);
    }),
  );
});
