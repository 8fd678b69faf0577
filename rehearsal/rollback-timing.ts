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

/** The span from the trigger to health, cut at each mark; the parts add up to it. */
export const rollbackParts = (marks: RollbackMarks): RollbackParts => {
  const effectiveAt = Math.max(marks.writtenAt, marks.lastUnsafeAt);
  return {
    decide: marks.begunAt - marks.triggeredAt,
    gates: marks.writingAt - marks.begunAt,
    apply: marks.writtenAt - marks.writingAt,
    effective: effectiveAt - marks.writtenAt,
    healthy: Math.max(effectiveAt, marks.safeAt) - effectiveAt,
  };
};

/** What the parts add up to. */
export const restoredMilliseconds = (parts: RollbackParts): number =>
  parts.decide + parts.gates + parts.apply + parts.effective + parts.healthy;
