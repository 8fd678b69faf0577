import * as fc from "fast-check";
import { expect, test } from "vitest";
import { restoredMilliseconds, rollbackParts } from "../../rehearsal/rollback-timing.ts";

const marks = {
  triggeredAt: 1_000,
  begunAt: 1_100,
  writingAt: 3_000,
  writtenAt: 3_050,
  lastUnsafeAt: 3_080,
  safeAt: 3_090,
};

test("S1-3: the way back is cut into its parts", () => {
  expect(rollbackParts(marks)).toEqual({
    decide: 100,
    gates: 1_900,
    apply: 50,
    effective: 30,
    healthy: 10,
  });
});

test("requests that ended before the write took no time of their own", () => {
  const parts = rollbackParts({ ...marks, lastUnsafeAt: 2_000, safeAt: 2_001 });
  expect(parts).toMatchObject({ effective: 0, healthy: 0 });
});

test("a clock that runs in fractions gives whole milliseconds", () => {
  const parts = rollbackParts({ ...marks, triggeredAt: 999.6, safeAt: 3_090.3 });
  expect(parts).toMatchObject({ decide: 100, healthy: 10 });
});

test("the parts add up to the span from the trigger to health", () => {
  const spans = fc.tuple(fc.nat(9_999), fc.nat(9_999), fc.nat(9_999), fc.nat(9_999), fc.nat(9_999));
  fc.assert(
    fc.property(spans, ([decide, gates, apply, effective, healthy]) => {
      const begunAt = decide;
      const writingAt = begunAt + gates;
      const writtenAt = writingAt + apply;
      const lastUnsafeAt = writtenAt + effective;
      const safeAt = lastUnsafeAt + healthy;
      const at = { triggeredAt: 0, begunAt, writingAt, writtenAt, lastUnsafeAt, safeAt };
      expect(restoredMilliseconds(rollbackParts(at))).toBe(safeAt);
    }),
  );
});
