import { weightedPick } from "../../load/weighted-pick.ts";

/** What of a weighted record decides whether it is answered. */
export interface WeightedRecord {
  /** 0–255. */
  readonly weight: number;
  /** Whether its health check passes; a record without one is always healthy. */
  readonly healthy: boolean;
}

/**
 * Chooses among weighted records of one name and type as Route 53 documents it. Unhealthy records are left
 * out; where none is healthy, all count as healthy. Weight 0 is answered only when nothing above 0 is left:
 * then every record that is left is as likely as the others, so a set of zeros never stops traffic, and a
 * record at 0 gets everything when the others fail their checks.
 * @param random uniform in [0, 1).
 */
export const weightedChoice = <Record extends WeightedRecord>(
  records: readonly Record[],
  random: () => number,
): Record | undefined => {
  const healthy = records.filter((record) => record.healthy);
  const left = healthy.length > 0 ? healthy : records;
  if (left.some(({ weight }) => weight > 0)) return weightedPick(left, random);
  return left[Math.floor(random() * left.length)];
};
