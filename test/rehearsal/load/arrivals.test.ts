import { expect, test } from "vitest";
import { arrivalGap } from "../../../rehearsal/load/arrivals.ts";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";

test.for(["even", "poisson"] as const)("%s arrivals keep the rate", (spacing) => {
  const random = seededRandom(9);
  let total = 0;
  for (let count = 0; count < 20_000; count += 1) total += arrivalGap(400, spacing, random);
  expect(total / 20_000 / 2.5).toBeCloseTo(1, 1);
});

test("nobody arrives at a rate of 0", () => {
  expect(arrivalGap(0, "poisson", () => 0.5)).toBe(Number.POSITIVE_INFINITY);
});
