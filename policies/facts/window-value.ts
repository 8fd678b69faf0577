import type { AlarmEvaluation, Threshold } from "../../definition/thresholds.ts";
import { inWords } from "../../definition/units.ts";
import type { Point } from "./datadog-reader.ts";
import { known, unknown, type Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";
import { byPeriod, wholePeriods } from "./whole-periods.ts";

/** Periods in a row without a value after which a window says nothing: the source was silent. */
const longestHole = 3;

export interface WindowMeasured {
  readonly threshold: Threshold;
  readonly points: readonly Point[];
  /** Requests by beginning of their period. */
  readonly requests: ReadonlyMap<number, number>;
  readonly window: Span;
  readonly alarms: AlarmEvaluation;
}

/**
 * One value for a whole window: the most that as many periods in a row as raise the alarm all reached, so
 * that gate and alarm mean the same by a breach. A share of requests is also never less than the bad ones
 * of all in the window.
 */
export const windowValue = (measured: WindowMeasured): Reading<number> => {
  const period = measured.alarms.period.milliseconds;
  const periods = wholePeriods(measured.window, period);
  const values = byPeriod(measured.points, period, worse);
  const hole = longestRun(periods, (start) => !values.has(start));
  if (periods.length === 0) return unknown("the window holds no whole minute yet");
  if (periods.every((start) => !values.has(start))) return unknown("Datadog has no value for it");
  if (hole > longestHole) {
    const span = inWords({ milliseconds: hole * period });
    return unknown(`Datadog has no value for it for ${span}`);
  }
  const present = periods.flatMap((start) => values.get(start) ?? []);
  // Each value is judged on its own when one of them is no measurement: an average would hide it.
  const wrong = present.find((value) => !Number.isFinite(value) || value < 0);
  if (wrong !== undefined) return known(wrong);
  const value = isShareOfRequests(measured.threshold)
    ? Math.max(ofAll(periods, values, measured), sustained(periods, values, measured))
    : lasting(present, measured.alarms.periods);
  // Rounding errors must not hide that a limit was reached.
  return known(Math.round(value * 1e9) / 1e9);
};

/** Whether a threshold limits a share of all requests, so that each period weighs as much as it had requests. */
export const isShareOfRequests = ({ measure }: Pick<Threshold, "measure">): boolean =>
  measure === "error-rate" || measure === "failed-requests";

/** A value that is no measurement is worse than any other. */
const worse = (one: number, other: number): number =>
  one < 0 || other < 0 ? Math.min(one, other) : Math.max(one, other);

const ofAll = (
  periods: readonly number[],
  values: ReadonlyMap<number, number>,
  { requests }: WindowMeasured,
): number => {
  let bad = 0;
  let all = 0;
  for (const start of periods) {
    const value = values.get(start);
    if (value === undefined) continue;
    const count = Math.max(requests.get(start) ?? 0, 1);
    bad += value * count;
    all += count;
  }
  return bad / all;
};

/** As `lasting`, where periods with too few requests breach nothing. */
const sustained = (
  periods: readonly number[],
  values: ReadonlyMap<number, number>,
  { requests, alarms }: WindowMeasured,
): number => {
  const judged = periods.map((start) =>
    (requests.get(start) ?? 0) >= alarms.minimumRequests ? (values.get(start) ?? 0) : 0,
  );
  return judged.length < alarms.periods ? 0 : lasting(judged, alarms.periods);
};

/** The most that so many values in a row all reached; of fewer values than that, the most of any. */
const lasting = (values: readonly number[], count: number): number =>
  values.length < count
    ? Math.max(...values)
    : Math.max(
        ...values
          .slice(0, values.length - count + 1)
          .map((_, index) => Math.min(...values.slice(index, index + count))),
      );

const longestRun = (periods: readonly number[], is: (start: number) => boolean): number => {
  let longest = 0;
  let run = 0;
  for (const start of periods) {
    run = is(start) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};
