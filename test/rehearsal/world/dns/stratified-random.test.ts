import { expect, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { stratifiedRandom } from "../../../../rehearsal/world/dns/stratified-random.ts";
import { weightedChoice } from "../../../../rehearsal/world/dns/weighted-choice.ts";

test("each hundred draws hold every record as often as its weight says", () => {
  const random = stratifiedRandom(seededRandom(3));
  const records = [
    { side: "blue", weight: 90, healthy: true },
    { side: "green", weight: 10, healthy: true },
  ];
  for (let deck = 0; deck < 5; deck += 1) {
    const drawn = Array.from({ length: 100 }, () => weightedChoice(records, random)?.side);
    expect(drawn.filter((side) => side === "green")).toHaveLength(10);
  }
});

test("numbers lie in [0, 1), and their order is random", () => {
  const random = stratifiedRandom(seededRandom(3));
  const drawn = Array.from({ length: 200 }, random);
  expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(drawn.toSorted((a, b) => a - b)).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(200);
});
