import type { RehearsalRecord } from "../rehearsal/rehearsal-record.ts";
import { plural, span } from "../rehearsal/report/figures.ts";

/** How a rehearsal ended, in one sentence. */
export const outcomeSentence = (record: RehearsalRecord): string => {
  const { system, outcome, stages, rollback, shares } = record;
  const last = stages.at(-1)?.stage;
  if (outcome === "completed") {
    return `${system} completed: ${plural(stages.length, "stage")} reached, the last of them ${last ?? "none"}.`;
  }
  if (outcome === "rolled-back" && rollback !== null) {
    const back = shares.at(-1)?.stage;
    const to = back === undefined || back === last ? "the safe side" : back;
    return `${system} was rolled back from ${last ?? "its start"} to ${to}: healthy ${span(rollback.restoredMilliseconds)} after ${rollback.trigger} ordered it.`;
  }
  return `${system} stopped ${last === undefined ? "before its first stage" : `at ${last}`}: ${stopReason(record)}.`;
};

const stopReason = ({ violations, timeline }: RehearsalRecord): string => {
  const refusing = [...new Set(violations.map(({ policy }) => policy))];
  if (refusing.length > 0) return `${refusing.join(", ")} refused to go on`;
  const failed = timeline.some(({ kind }) => kind === "refusal");
  return failed ? "the update failed" : "the way on was not found";
};
