import { expect, test } from "vitest";
import { byPeriod, wholePeriods } from "../../../policies/facts/whole-periods.ts";

test("only periods that lie wholly inside of the span count", () => {
  expect(wholePeriods({ from: 0, to: 180 }, 60)).toEqual([0, 60, 120]);
  expect(wholePeriods({ from: 1, to: 179 }, 60)).toEqual([60]);
  expect(wholePeriods({ from: 1, to: 119 }, 60)).toEqual([]);
  expect(wholePeriods({ from: 200, to: 100 }, 60)).toEqual([]);
});

test("points are joined by period; those without a value are left out", () =>
  expect([
    ...byPeriod(
      [
        { at: 60, value: 1 },
        { at: 80, value: 3 },
        { at: 119, value: null },
        { at: 120, value: null },
      ],
      60,
      Math.max,
    ),
  ]).toEqual([[60, 3]]));
