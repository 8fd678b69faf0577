import type { RehearsalRecord } from "../../rehearsal-record.ts";
import { numberedEvents } from "../numbered-events.ts";
import type { StageSpan } from "../stage-spans.ts";
import { ticksOf, type TimeAxis } from "../time-axis.ts";

/** What stands behind every plot; `at`, `from` and `to` are wall seconds since the beginning. */
export interface NightMarks {
  readonly wallSeconds: number;
  readonly stages: readonly {
    readonly stage: string;
    readonly from: number;
    readonly to: number;
  }[];
  readonly fast: readonly { readonly from: number; readonly to: number; readonly rate: number }[];
  readonly events: readonly {
    readonly at: number;
    readonly kind: string;
    readonly number: number;
  }[];
  readonly ticks: readonly { readonly at: number; readonly instant: number }[];
}

/** The marks of a night, in the places of the axis. */
export const nightMarks = (
  record: RehearsalRecord,
  axis: TimeAxis,
  spans: readonly StageSpan[],
): NightMarks => ({
  wallSeconds: axis.wallSeconds,
  stages: spans.map(({ stage, from, to }) => ({
    stage,
    from: axis.secondsAt(from),
    to: axis.secondsAt(to),
  })),
  fast: record.fast.map(({ from, to, rate }) => ({
    from: axis.secondsAt(from),
    to: axis.secondsAt(to),
    rate,
  })),
  events: numberedEvents(record)
    .filter(({ entry }) => ["fault", "alarm", "rollback"].includes(entry.kind))
    .map(({ entry, number }) => ({ at: axis.secondsAt(entry.at), kind: entry.kind, number })),
  ticks: ticksOf(axis, 8).map((instant) => ({ at: axis.secondsAt(instant), instant })),
});
