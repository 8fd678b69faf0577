import type { RehearsalRecord } from "../rehearsal/rehearsal-record.ts";

/** The end of a rehearsal in a few lines. */
export const rehearsalSummary = (record: RehearsalRecord, report: string | undefined): string =>
  JSON.stringify({ outcome: record.outcome, requests: record.requests, rollback: record.rollback, expectation: record.expectation, report });
