import type { RequestRecord } from "./request-record.ts";

/** A shorter span says nothing: requests come at random. Wall milliseconds. */
const leastGap = 1_000;

/**
 * For how long nobody was answered well, cutover milliseconds: the spans between two good answers in which every
 * request failed, was lost, or met the maintenance page.
 * @param records in the order of sending.
 */
export const downtime = (records: readonly RequestRecord[]): number => {
  let sum = 0;
  let [good] = records;
  let bad: RequestRecord | undefined;
  for (const record of records) {
    if (record.outcome === undefined) continue;
    if (record.outcome !== "ok") {
      bad = record;
      continue;
    }
    if (bad !== undefined) sum += gap(good, record);
    good = record;
    bad = undefined;
  }
  return bad === undefined ? sum : sum + gap(good, bad);
};

const gap = (from: RequestRecord | undefined, to: RequestRecord): number =>
  from === undefined || to.sentWall - from.sentWall < leastGap
    ? 0
    : to.sentCutover - from.sentCutover;
