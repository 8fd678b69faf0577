import * as fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import {
  weightedChoice,
  type WeightedRecord,
} from "../../../../rehearsal/world/dns/weighted-choice.ts";

const draws = 2_000;
/** So many standard deviations hold all but one in a million of right shares. */
const deviations = 5;

const answersOf = (records: readonly WeightedRecord[], seed = 1): number[] => {
  const random = seededRandom(seed);
  const counts = records.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    const chosen = weightedChoice(records, random);
    if (chosen !== undefined)
      counts[records.indexOf(chosen)] = (counts[records.indexOf(chosen)] ?? 0) + 1;
  }
  return counts;
};

const weight = fc.integer({ min: 0, max: 255 });
const sound = (of: number): WeightedRecord => ({ weight: of, healthy: true });

test("each record is answered as often as its weight over the sum says, within its interval", () => {
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 4 }), fc.nat(), (weights, seed) => {
      const total = weights.reduce((sum, each) => sum + each, 0);
      const counts = answersOf(weights.map(sound), seed);
      for (const [index, each] of weights.entries()) {
        const share = total === 0 ? 1 / weights.length : each / total;
        const spread = deviations * Math.sqrt(draws * share * (1 - share));
        expect(Math.abs((counts[index] ?? 0) - draws * share)).toBeLessThanOrEqual(spread);
      }
    }),
    { seed: 53, numRuns: 100 },
  );
});

test("a record at 0 beside a healthy one above 0 is never answered", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 255 }), fc.boolean(), fc.nat(), (of, healthy, seed) => {
      expect(answersOf([sound(of), { weight: 0, healthy }], seed)[1]).toBe(0);
    }),
    { numRuns: 20 },
  );
});

const [up, down] = [true, false];

/** The tables of Route 53's page on weighted routing, and what follows from its text. */
test.for([
  ["unhealthy, unhealthy, and healthy at 0", [down, down, up], "no no yes"],
  ["nothing healthy", [down, down, down], "yes yes no"],
  ["one healthy above 0", [down, up, down], "no yes no"],
  ["all above 0 healthy", [up, up, down], "yes yes no"],
  ["everything healthy", [up, up, up], "yes yes no"],
  ["an unhealthy one above 0 beside a healthy one", [down, up, up], "no yes no"],
] as const)("weights 1, 1 and 0 with %s", ([, healthy, answered]) => {
  const weights = [1, 1, 0];
  const records = healthy.map((each, index) => ({ weight: weights[index] ?? 0, healthy: each }));
  const counts = answersOf(records);
  expect(counts.map((count) => (count > 0 ? "yes" : "no")).join(" ")).toBe(answered);
});

test("all at 0 are answered alike: zeros stop no traffic", () => {
  for (const count of answersOf([sound(0), sound(0)])) expect(count / draws).toBeCloseTo(0.5, 1);
});

test("all at 0 and one of them unhealthy: it is left out", () => {
  expect(answersOf([sound(0), { weight: 0, healthy: false }])).toEqual([draws, 0]);
});

test("no records, no answer", () => {
  const none: readonly WeightedRecord[] = [];
  expect(weightedChoice(none, () => 0.5)).toBeUndefined();
});
