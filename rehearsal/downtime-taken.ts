import type { SettledSystem } from "../definition/system.ts";
import { edgeOf } from "../definition/thresholds.ts";
import { downtime } from "./load/downtime.ts";
import type { LoadRecord } from "./load/load-record.ts";
import type { DowntimeResult } from "./rehearsal-record.ts";

/** For how long nobody was answered well, and what the plan allows at the most where passing it is not only reported. */
export const downtimeTaken = (
  { budgets = [] }: Pick<SettledSystem, "budgets">,
  record: LoadRecord | undefined,
): DowntimeResult => {
  const limits = budgets
    .filter(({ of, passed }) => of === "downtime" && passed !== "report")
    .map(({ limit }) => edgeOf(limit).milliseconds);
  return {
    milliseconds: Math.round(downtime(record?.records(Number.NEGATIVE_INFINITY) ?? [])),
    budgetMilliseconds: limits.length === 0 ? null : Math.min(...limits),
  };
};
