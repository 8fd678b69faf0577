import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { WeightedDeck } from "../../../../rehearsal/world/gateway/weighted-deck.ts";

test("each hundred draws hold every choice as often as its weight says", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer(), (green, seed) => {
      const choices = [
        { side: "blue", weight: 100 - green },
        { side: "green", weight: green },
      ];
      const deck = new WeightedDeck(choices, seededRandom(seed));
      for (const round of ["first", "second"]) {
        const drawn = Array.from({ length: 100 }, () => deck.draw()?.side);
        expect(drawn.filter((side) => side === "green").length, round).toBe(green);
      }
    }),
  );
});

test("the order of draws is random, and the same for the same seed", () => {
  const choices = [
    { side: "blue", weight: 50 },
    { side: "green", weight: 50 },
  ];
  const draws = (seed: number): string => {
    const deck = new WeightedDeck(choices, seededRandom(seed));
    return Array.from({ length: 100 }, () => deck.draw()?.side[0]).join("");
  };
  expect(draws(1)).toBe(draws(1));
  expect(draws(1)).not.toBe(draws(2));
  expect(draws(1)).not.toMatch(/b{20}|g{20}/);
});

test("nothing is drawn when all weights are 0", () => {
  expect(new WeightedDeck([{ weight: 0 }], () => 0.5).draw()).toBeUndefined();
});
