import type { Side } from "../world/behaviour.ts";
import type { Outcome } from "./outcome.ts";

/** One request of the load. */
export interface RequestRecord {
  /** Counts up from 0 in the order of sending. */
  readonly number: number;
  /** Index of the call among the example's requests. */
  readonly call: number;
  /** Milliseconds since the epoch, by the wall and by the cutover clock. */
  readonly sentWall: number;
  sentCutover: number;
  /** Undefined while it is open. */
  outcome: Outcome | undefined;
  /** Who answered, when the answer says it. */
  side: Side | undefined;
  /** 0 without an answer. */
  status: number;
  latencyMilliseconds: number;
}
