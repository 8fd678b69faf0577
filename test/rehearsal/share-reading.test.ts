import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insideInterval, shareReading } from "../../rehearsal/share-reading.ts";

describe("S1-68, S1-78: a stage is reached when traffic says so", () => {
  test("a share that is the weight is inside its interval", () => {
    const reading = shareReading("canary", 10, { blue: 900, green: 100 });
    expect(reading).toMatchObject({ set: 0.1, seen: 0.1, requests: 1_000 });
    expect(reading.low).toBeCloseTo(0.0688, 4);
    expect(reading.high).toBeCloseTo(0.1312, 4);
    expect(insideInterval(reading)).toBe(true);
  });

  test.for([
    { what: "a weight that moved nothing", weight: 10, blue: 1_000, green: 0 },
    { what: "another weight than the one set", weight: 10, blue: 700, green: 300 },
    { what: "a request on green at 0 %", weight: 0, blue: 999, green: 1 },
    { what: "a request on blue at 100 %", weight: 100, blue: 1, green: 999 },
    { what: "no request at all", weight: 10, blue: 0, green: 0 },
  ])("$what is not reached", ({ weight, blue, green }) => {
    expect(insideInterval(shareReading("stage", weight, { blue, green }))).toBe(false);
  });

  test("the interval always holds the weight and lies within 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.nat(100_000),
        fc.nat(100_000),
        (...given) => {
          const [weight, blue, green] = given;
          const { set, low, high } = shareReading("stage", weight, { blue, green });
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(set);
          expect(high).toBeGreaterThanOrEqual(set);
        },
      ),
    );
  });
});
