import type { SystemDefinition } from "../../definition/system.ts";
import { limitOf, type Call, type Threshold } from "../../definition/thresholds.ts";
import type { Fault } from "./fault.ts";
import { alarmLeadsBack, leftWithTraffic } from "./stages.ts";

/** The thresholds of a system whose breach orders the way back. */
export const triggersOf = ({ thresholds }: SystemDefinition): readonly Threshold[] =>
  thresholds.filter(({ breach }) => breach === "roll back");

/** The call that a threshold limits the failures of. */
export const limitedCall = ({ measure }: Threshold): Call | undefined =>
  typeof measure === "object" && "failuresOf" in measure ? measure.failuresOf : undefined;

/** Of these thresholds, those on the failures of one call. */
export const callTriggers = (system: SystemDefinition): readonly Threshold[] =>
  triggersOf(system).filter((threshold) => limitedCall(threshold) !== undefined);

/** Of these thresholds, those on bad answers of any kind. */
export const errorTriggers = (system: SystemDefinition): readonly Threshold[] =>
  triggersOf(system).filter(
    ({ measure }) => measure === "error-rate" || measure === "failed-requests",
  );

export const namesOf = (thresholds: readonly Threshold[]): readonly string[] =>
  thresholds.map(({ name }) => name);

/** The highest limit of some, in their unit: what is above it breaches each of them. 0 of none. */
export const highestLimit = (thresholds: readonly Threshold[]): number =>
  Math.max(0, ...thresholds.map((threshold) => limitOf(threshold).value));

/**
 * A share of requests, 0–1, with which each of some limits on shares is breached: five times the highest, so that
 * the few requests of a single minute show it too.
 */
export const shareAbove = (thresholds: readonly Threshold[]): number =>
  Math.min(1, (5 * highestLimit(thresholds)) / 100);

/** A share as people say it. */
export const inPercent = (share: number): string => `${Math.round(1_000 * share) / 10} %`;

/**
 * What a breach on green comes to, by the thresholds on one measure: the way back where one of them orders it,
 * otherwise no further move. A fault must go above the limits in `breached`.
 */
export const endingBy = (
  system: SystemDefinition,
  measure: Threshold["measure"],
): Pick<Fault, "stages" | "expects"> & { readonly breached: readonly Threshold[] } => {
  const limiting = system.thresholds.filter((threshold) => threshold.measure === measure);
  const triggers = limiting.filter(({ breach }) => breach === "roll back");
  const [first] = limiting;
  const title = first?.title ?? "It";
  return triggers.length > 0
    ? {
        breached: triggers,
        stages: alarmLeadsBack(system),
        expects: {
          outcome: "rolled-back",
          because: `${title} above its limit orders the way back.`,
          triggeredBy: namesOf(triggers),
        },
      }
    : {
        breached: limiting,
        stages: first === undefined ? [] : leftWithTraffic(system),
        expects: {
          outcome: "refused",
          because: `${title} above its limit stops the next move; going back is for people to decide.`,
          refusedBy: ["live-health", "alarms-quiet"],
        },
      };
};
