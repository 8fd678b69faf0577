import type { RollbackResult } from "../rehearsal/rehearsal-record.ts";
import { count, span } from "../rehearsal/report/figures.ts";
import { hanging } from "./wrapped.ts";
import { wholeParts } from "./whole-parts.ts";

/** A rollback against its budget, and where its time went; the parts shown add up. */
export const rollbackSummary = (rollback: RollbackResult): string => {
  const { trigger, detectedMilliseconds, restoredMilliseconds, budgetMilliseconds, parts } =
    rollback;
  const { decide, gates, apply, effective, healthy } = parts;
  const named = Object.entries({ decide, gates, apply, effective, healthy });
  const whole = wholeParts(named.map(([, milliseconds]) => milliseconds));
  const total = whole.reduce((sum, part) => sum + part, 0);
  const terms = named.map(([name], index) => `${name} ${count(whole[index] ?? 0)}`);
  const within = restoredMilliseconds <= budgetMilliseconds ? "within" : "OVER";
  return [
    `Rollback   ordered by ${trigger}`,
    `  detected ${span(detectedMilliseconds)} after the first bad request`,
    `  restored ${span(restoredMilliseconds)} after the order, ${within} its budget of ${span(budgetMilliseconds)}`,
    hanging("  ", `${terms.join(", ")} = ${count(total)} ms`),
  ].join("\n");
};
