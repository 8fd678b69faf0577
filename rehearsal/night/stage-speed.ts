import { comparisonsAt } from "../../definition/comparison.ts";
import { greenWeightAt } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { evaluationOf } from "../../definition/thresholds.ts";
import { carryTime } from "../carry-time.ts";

/** A little more than what the gates ask for, as arrivals are random. */
const margin = 1.1;
/** Requests in an alarm's period beside the fewest that it judges: fewer would leave it without data. */
const perPeriod = 2;

/**
 * How fast a stage may pass, in cutover seconds per wall second: no faster than asked for, and no faster than
 * the example's load gives green the requests that its soak and its alarms need, and blue those that green is compared
 * with.
 */
export const stageSpeed = (system: SettledSystem, stage: Stage, asked: number): number => {
  const greenPerSecond = greenRequests(system, stage);
  if (greenPerSecond === 0) return asked;
  const { period, minimumRequests } = system.alarms;
  const needed = margin * (stage.leave?.greenRequests ?? 0);
  const soak = carryTime(system, stage).milliseconds;
  const bySoak = needed === 0 ? Infinity : (soak / 1_000 / needed) * greenPerSecond;
  const judgedAt = (perSecond: number): number =>
    ((period.milliseconds / 1_000) * perSecond) / (perPeriod * Math.max(1, minimumRequests));
  // Of few requests a 95th percentile is too low: the busier side would look the worse one.
  const bluePerSecond = system.rehearsal.requestsPerSecond - greenPerSecond;
  const byComparisons =
    bluePerSecond === 0 || comparisonsAt(system, stage.name).length === 0
      ? Infinity
      : judgedAt(bluePerSecond);
  return Math.max(
    1,
    Math.min(
      ...[asked, bySoak, judgedAt(greenPerSecond), byComparisons],
      ...byCalls(system, greenPerSecond),
    ),
  );
};

/** How fast a stage may pass for each threshold on one call: the fewest that it judges are of that call alone. */
const byCalls = (
  { thresholds, alarms, rehearsal: { requests } }: SettledSystem,
  greenPerSecond: number,
): readonly number[] =>
  thresholds.flatMap((threshold) => {
    const { measure } = threshold;
    if (typeof measure === "string" || !("failuresOf" in measure)) return [];
    const { method, path } = measure.failuresOf;
    const call = requests.find((each) => each.method === method && each.path === path);
    // No speed gives a call that nobody makes any requests.
    if (call === undefined || call.share === 0) return [];
    const all = requests.reduce((sum, { share }) => sum + share, 0);
    const { period, minimumRequests } = evaluationOf(alarms, threshold);
    const perSecond = (greenPerSecond * call.share) / all;
    return [
      ((period.milliseconds / 1_000) * perSecond) / (perPeriod * Math.max(1, minimumRequests)),
    ];
  });

/** Requests of a wall second that green answers, by the example's load. */
const greenRequests = (system: SettledSystem, { name }: Stage): number =>
  (system.rehearsal.requestsPerSecond * greenWeightAt(system, name)) / 100;
