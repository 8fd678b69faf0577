import fc from "fast-check";
import { expect, test } from "vitest";
import { shift } from "../../../../policies/rules/comparison/shift.ts";
import { atTerm, earlier } from "./samples.ts";

test("permeability of the placenta: R's difference in location", () =>
  expect(shift(atTerm, earlier)).toBeCloseTo(0.305, 9));

const sample = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 30 });

test("a sample that is moved as a whole is shifted by just that", () => {
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: -500, max: 500 }), (x, y, by) => {
      const moved = x.map((value) => value + by);
      expect(shift(moved, y)).toBeCloseTo(shift(x, y) + by, 9);
      expect(shift(y, x)).toBeCloseTo(-shift(x, y), 9);
    }),
  );
});

test("one wild value does not move it far", () => {
  const calm = Array.from({ length: 20 }, (_, index) => 100 + index);
  expect(shift([...calm.slice(1), 1e9], calm)).toBeLessThan(3);
});
