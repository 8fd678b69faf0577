import type { RehearsalRecord } from "../rehearsal-record.ts";

/** A stage while it carried the traffic; a stage may come back, after a rollback for example. */
export interface StageSpan {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
}

type Night = Pick<RehearsalRecord, "beganAt" | "endedAt" | "timeline" | "stages">;

/** The stages of the night in order, from the timeline's entries of that kind. */
export const stageSpans = ({ timeline, stages, endedAt }: Night): readonly StageSpan[] => {
  const entries = timeline
    .filter(({ kind }) => kind === "stage")
    .sort((one, other) => one.at - other.at);
  const names = stages.map(({ stage }) => stage).sort((one, other) => other.length - one.length);
  return entries.map(({ at, until, title }, index) => ({
    stage: names.find((name) => title.split(/[^\w-]+/).includes(name)) ?? title,
    from: at,
    to: Math.max(at, until ?? entries[index + 1]?.at ?? endedAt),
  }));
};
