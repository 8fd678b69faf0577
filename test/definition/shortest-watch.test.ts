import fc from "fast-check";
import { expect, test } from "vitest";
import { shortestWatch } from "../../definition/shortest-watch.ts";
import { errorRate } from "../../definition/thresholds.ts";
import { minutes, percent, seconds } from "../../definition/units.ts";
import { wholePeriods } from "../../policies/facts/whole-periods.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";

test("five minutes are enough for alarms of a few minutes, and one period more than an alarm needs for others", () => {
  expect(shortestWatch(lms)).toEqual(minutes(5));
  expect(shortestWatch(rawdog)).toEqual(minutes(10));
});

test("wherever it begins, it holds as many whole periods as raise the alarm", () => {
  const { alarms } = lms;
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 900 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (period, periods, from) => {
        const evaluation = { period: seconds(period), periods };
        const thresholds = [
          errorRate({ atMost: percent(5), breach: "roll back", evaluation, source: "S4-43" }),
        ];
        const to = from + shortestWatch({ thresholds, alarms }).milliseconds;
        const whole = wholePeriods({ from, to }, evaluation.period.milliseconds);
        expect(whole.length).toBeGreaterThanOrEqual(periods);
      },
    ),
  );
});
