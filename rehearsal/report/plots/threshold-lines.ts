import type { RehearsalRecord, ThresholdLine } from "../../rehearsal-record.ts";
import type { PlotLimit } from "./plot-specification.ts";

/** Whether a threshold limits the error rate or the answer time that the plots show. */
export const plotOfThreshold = ({
  name,
  title,
  unit,
}: ThresholdLine): "errors" | "latency" | null => {
  const words = `${name} ${title}`;
  if (unit === "%" && /error|fail|5xx/i.test(words)) return "errors";
  return unit === "ms" && /p95|latency|response/i.test(words) ? "latency" : null;
};

/** The thresholds that a plot draws. */
export const limitsOn = (
  record: RehearsalRecord,
  plot: "errors" | "latency",
): readonly PlotLimit[] =>
  record.thresholds
    .filter((threshold) => plotOfThreshold(threshold) === plot)
    .map(({ title, limit, unit, breach }) => ({
      label: `${title} ${String(limit)} ${unit}`,
      short: `${String(limit)} ${unit}`,
      value: limit,
      orders: breach,
    }));
