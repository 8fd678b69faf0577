import type { Plan } from "./plan.ts";
import { evaluationOf } from "./thresholds.ts";
import { minutes, type Duration } from "./units.ts";

/** How far back a stage is looked at, at the least. */
const aWhile = minutes(5);

/**
 * How long a side must be watched at the least before all thresholds can be judged: wherever it begins, that span
 * holds as many whole periods of each as raise its alarm.
 */
export const shortestWatch = ({
  thresholds,
  alarms,
}: Pick<Plan, "thresholds" | "alarms">): Duration => {
  const spans = thresholds.map((threshold) => {
    const { period, periods } = evaluationOf(alarms, threshold);
    return (periods + 1) * period.milliseconds;
  });
  return { milliseconds: Math.max(aWhile.milliseconds, ...spans) };
};
