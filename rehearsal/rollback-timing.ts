import type { RollbackParts } from "./rehearsal-record.ts";

/** When things happened during a rollback, cutover time in epoch milliseconds. */
export interface RollbackMarks {
  readonly triggeredAt: number;
  /** The operator's command began. */
  readonly begunAt: number;
  /** The first write of a traffic resource began: the gates had let it through. */
  readonly writingAt: number;
  readonly writtenAt: number;
  /** End of the last request that was not answered by the safe side; the write, if there was none later. */
  readonly lastUnsafeAt: number;
  /** From then on every request was answered well by the safe side. */
  readonly safeAt: number;
}

/** The span from the trigger to health, cut at each mark; the parts, whole milliseconds, add up to it. */
export const rollbackParts = (marks: RollbackMarks): RollbackParts => {
  const triggeredAt = Math.round(marks.triggeredAt);
  const begunAt = Math.round(marks.begunAt);
  const writingAt = Math.round(marks.writingAt);
  const writtenAt = Math.round(marks.writtenAt);
  const effectiveAt = Math.max(writtenAt, Math.round(marks.lastUnsafeAt));
  return {
    decide: begunAt - triggeredAt,
    gates: writingAt - begunAt,
    apply: writtenAt - writingAt,
    effective: effectiveAt - writtenAt,
    healthy: Math.max(effectiveAt, Math.round(marks.safeAt)) - effectiveAt,
  };
};

/** What the parts add up to. */
export const restoredMilliseconds = (parts: RollbackParts): number =>
  parts.decide + parts.gates + parts.apply + parts.effective + parts.healthy;
