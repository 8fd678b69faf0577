import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";
import { weightedPick } from "../../../rehearsal/load/weighted-pick.ts";

/** Quantile of the normal distribution outside of which 0.1 % lie. */
const Z999 = 3.29;

test.for([1, 2, 3, 4, 5])("keeps ladders of weights, seed %i", (seed) => {
  const random = seededRandom(seed);
  const draws = 20_000;
  for (const green of [1, 5, 10, 25, 50, 75, 99]) {
    const choices = [
      { side: "blue", weight: 100 - green },
      { side: "green", weight: green },
    ];
    let found = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      if (weightedPick(choices, random)?.side === "green") found += 1;
    }
    const share = green / 100;
    const width = Z999 * Math.sqrt((share * (1 - share)) / draws);
    expect(Math.abs(found / draws - share)).toBeLessThanOrEqual(width);
  }
});

test("never picks a weight of 0", () => {
  const weights = fc.array(fc.nat({ max: 100 }), { maxLength: 6 });
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(weights, draw, (all, drawn) => {
      const picked = weightedPick(
        all.map((weight) => ({ weight })),
        () => drawn,
      );
      if (all.every((weight) => weight === 0)) expect(picked).toBeUndefined();
      else expect(picked?.weight).toBeGreaterThan(0);
    }),
  );
});
