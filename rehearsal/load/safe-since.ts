import type { Side } from "../world/behaviour.ts";
import type { RequestRecord } from "./request-record.ts";

/** From when on every request was served well by one side. */
export interface SafeSince {
  /** Cutover milliseconds at which the first of these requests was sent. */
  readonly cutoverMilliseconds: number;
  /** How many requests say so. */
  readonly requests: number;
}

/**
 * Looks at requests in the order of sending, and ignores open ones.
 * @returns undefined while the last finished one was not served well by that side.
 */
export const safeSince = (records: readonly RequestRecord[], side: Side): SafeSince | undefined => {
  const finished = records.filter(({ outcome }) => outcome !== undefined);
  const lastBad = finished.findLastIndex((each) => each.outcome !== "ok" || each.side !== side);
  const first = finished[lastBad + 1];
  if (first === undefined) return undefined;
  return { cutoverMilliseconds: first.sentCutover, requests: finished.length - lastBad - 1 };
};
