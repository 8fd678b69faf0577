import fc from "fast-check";
import { expect, test } from "vitest";
import { Sketch } from "../../../../rehearsal/world/monitoring/sketch.ts";

const samples = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});
const shares = fc.constantFrom(0.5, 0.75, 0.9, 0.95, 0.99);

const sketchOf = (numbers: readonly number[]): Sketch => {
  const sketch = new Sketch();
  for (const number of numbers) sketch.add(number);
  return sketch;
};

test("a quantile is within 1 % of the sample's", () =>
  fc.assert(
    fc.property(samples, shares, (numbers, share) => {
      const sorted = [...numbers].sort((one, other) => one - other);
      const exact = sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
      return Math.abs(sketchOf(numbers).quantile(share) - exact) <= 0.0101 * exact;
    }),
  ));

test("merging sketches is the same as one sketch of everything", () =>
  fc.assert(
    fc.property(samples, samples, shares, (some, others, share) => {
      const merged = sketchOf(some);
      merged.merge(sketchOf(others));
      return merged.quantile(share) === sketchOf([...some, ...others]).quantile(share);
    }),
  ));

test("a NaN spoils every answer", () => {
  const sketch = sketchOf([1, NaN, 3]);
  expect([sketch.quantile(0.5), sketch.sum, sketch.min, sketch.max]).toEqual([NaN, NaN, NaN, NaN]);
});

test("zeros are counted and answered", () => expect(sketchOf([0, 0, 5]).quantile(0.5)).toBe(0));

test("an empty sketch knows nothing", () => expect(new Sketch().quantile(0.95)).toBeNaN());
