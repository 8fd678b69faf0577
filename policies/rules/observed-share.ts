import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { testersOf } from "../../definition/traffic.ts";
import { isHalfWritten } from "./half-written.ts";
import { notApplicable, passed, refused, rule } from "./rule.ts";

/** The stage is real: requests go where the weights say. Finds the weight that was set and moved nothing. */
export const observedShare = rule({
  name: "observed-share",
  sentence: "The share of requests seen on green is the weight that was set",
  severity: "critical",
  remediation: "Compare route, gateway and mesh: requests do not go where the weights say.",
  binds: ["forward"],
  needs: ["liveWeights", "recentRequests", "lastMinuteRequests"],
  judge({ move, definition, facts }) {
    const { from, to } = move;
    const { liveWeights, recentRequests, lastMinuteRequests } = facts;
    if (rung(definition, from) < 0) return refused({ found: from, expected: "a stage" });
    const weight = greenWeightAt(definition, from);
    const target = rung(definition, to) < 0 ? weight : greenWeightAt(definition, to);
    if (liveWeights.green === target && target !== weight) {
      return notApplicable(`traffic is at ${to} already: an update is being finished`);
    }
    if (isHalfWritten(move, definition, liveWeights)) {
      return notApplicable(`traffic is on its way to ${to}: an update is being finished`);
    }
    const { blue, green } = recentRequests;
    const all = blue + green;
    const found = `green answered ${green} of ${all} requests`;
    const expected = `${weight} % of them`;
    const least = leastRequests(weight, definition.alarms.minimumRequests);
    if (!(all >= least)) {
      return refused({ found, expected, says: `${found} lately; ${least} are needed to tell` });
    }
    if (weight === 100) {
      const late = lastMinuteRequests;
      return late.blue === 0 && late.green > 0
        ? passed(`blue answered none of ${late.green} requests in the last minute`)
        : refused({
            found: `blue answered ${late.blue} of ${late.blue + late.green} requests`,
            expected: "none on blue in the last whole minute",
          });
    }
    const share = weight / 100;
    const spread = weight === 0 ? 0 : z * Math.sqrt((share * (1 - share)) / all);
    const above = green / all - share;
    // Testers' requests reach green beside the weight.
    const testers = (testersOf(definition.traffic)?.atMost.percent ?? 0) / 100;
    return above >= -spread && above <= (1 - share) * testers + spread
      ? passed(`${found}, weight ${weight} %`)
      : refused({
          found,
          expected,
          says: `${found} (${((100 * green) / all).toFixed(1)} %), which is not the weight in force, ${weight} % (± ${(100 * spread).toFixed(1)})`,
        });
  },
});

/** Standard deviations of a two-sided 99.9 % interval: the 0.9995 quantile of the normal distribution. */
const z = 3.290_526_731_491_9;

/**
 * Requests from which on a side that gets none, or all, lies outside of the interval. An interval (Wilson's,
 * around the share seen) holds the weight exactly when the share lies within `z` deviations of the weight.
 */
const leastRequests = (weight: number, minimum: number): number => {
  if (weight === 0 || weight === 100) return Math.max(1, minimum);
  const odds = weight / (100 - weight);
  return Math.max(minimum, Math.floor(z * z * Math.max(odds, 1 / odds)) + 1);
};
