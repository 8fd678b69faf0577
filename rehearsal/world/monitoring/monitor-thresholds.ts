import type { Thresholds } from "./monitor-definition.ts";
import { compares, type MonitorQuery } from "./monitor-query.ts";

/** Why Datadog would refuse these thresholds with this query; empty when it would not. */
export const thresholdFaults = (
  { comparator, threshold }: MonitorQuery,
  given: Thresholds | undefined,
): readonly string[] => {
  if (given === undefined) return [];
  const { critical, warning, critical_recovery, warning_recovery } = given;
  const faults: string[] = [];
  if (critical === undefined) faults.push("Alert status is required.");
  else if (critical !== threshold) {
    faults.push(
      `Alert threshold (${critical}) does not match that used in the query (${threshold}).`,
    );
  }
  const above = comparator === ">" || comparator === ">=";
  const milder = (name: string, value: number | undefined, than: number | undefined): void => {
    if (value === undefined || than === undefined) return;
    if (!compares(value, above ? "<" : ">", than)) {
      faults.push(`${name} (${value}) must be ${above ? "less" : "greater"} than ${than}.`);
    }
  };
  milder("Warning threshold", warning, critical);
  milder("Alert recovery threshold", critical_recovery, critical);
  milder("Warning recovery threshold", warning_recovery, warning);
  if (warning_recovery !== undefined && warning === undefined) {
    faults.push("Warning recovery threshold without a warning threshold.");
  }
  return faults;
};
