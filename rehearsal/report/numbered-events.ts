import type { RehearsalRecord, TimelineEntry } from "../rehearsal-record.ts";

/** An entry of the timeline with the number that stands for it in every drawing. */
export interface NumberedEvent {
  readonly number: number;
  readonly entry: TimelineEntry;
}

const lanes: readonly TimelineEntry["kind"][] = ["stage", "update", "soak"];

/** What happened at an instant (faults, alarms, refusals, the rollback, notes), numbered in order. */
export const numberedEvents = ({
  timeline,
}: Pick<RehearsalRecord, "timeline">): readonly NumberedEvent[] =>
  timeline
    .filter(({ kind }) => !lanes.includes(kind))
    .sort((one, other) => one.at - other.at)
    .map((entry, index) => ({ number: index + 1, entry }));
