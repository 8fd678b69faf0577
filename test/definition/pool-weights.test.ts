import fc from "fast-check";
import { expect, test } from "vitest";
import { inPercent, poolWeight } from "../../definition/pool-weights.ts";

test("every weight of a ladder comes back as it went, and both sides make 100", () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (green) => {
      const [blue, other] = [100 - green, green].map((weight) => inPercent(poolWeight(weight)));
      expect([blue, other]).toEqual([100 - green, green]);
    }),
  ));
