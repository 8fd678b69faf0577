import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { utcTime } from "../figures.ts";
import { peakOf } from "./scale-top.ts";

/** The highest value of a series and its instant, for a caption. */
export const peakInWords = (
  record: RehearsalRecord,
  values: readonly (number | null)[],
  top: number,
  inUnits: (value: number) => string,
): string => {
  const peak = peakOf(values);
  if (peak === null) return "no answers";
  if (peak.value === 0) return "never above 0";
  const at = record.series.at[peak.index] ?? record.beganAt;
  const above = peak.value > top ? ", above the scale" : "";
  return `highest ${inUnits(peak.value)} at ${utcTime(at)}${above}`;
};
