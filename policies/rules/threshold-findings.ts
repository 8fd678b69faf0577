import { isBreached, limitOf, type Threshold } from "../../definition/thresholds.ts";
import type { ThresholdValues } from "../facts/facts.ts";

/** What thresholds found on one side: what forbids a move, and what is in order. */
export interface ThresholdFindings {
  readonly problems: readonly string[];
  readonly good: readonly string[];
}

/**
 * Holds one side's values against thresholds.
 * @param missing whether a threshold without a value is a problem.
 */
export const thresholdFindings = (
  side: "blue" | "green",
  thresholds: readonly Threshold[],
  values: ThresholdValues,
  { missing }: { readonly missing: "is a problem" | "is fine" },
): ThresholdFindings => {
  const problems: string[] = [];
  const good: string[] = [];
  for (const threshold of thresholds) {
    const { value: limit, unit, reachedIsBreach } = limitOf(threshold);
    const reading = values[threshold.name];
    const title = `${threshold.title} on ${side}`;
    if (reading?.known !== true) {
      const why = `${title} is unknown: ${reading?.reason ?? "nobody read it"}`;
      (missing === "is fine" ? good : problems).push(why);
    } else if (!Number.isFinite(reading.value) || reading.value < 0) {
      problems.push(`${title} is ${reading.value}, which is no measurement`);
    } else if (isBreached(threshold, reading.value)) {
      const edge = reachedIsBreach ? "below" : "at most";
      problems.push(`${title} is ${shown(reading.value)} ${unit}, limit ${edge} ${limit} ${unit}`);
    } else {
      good.push(`${title} ${shown(reading.value)} ${unit}`);
    }
  }
  return { problems, good };
};

/** At most three decimals: enough to tell 0.499 % from its limit. */
const shown = (value: number): string => String(Math.round(value * 1_000) / 1_000);
