import type { Plan } from "../../definition/plan.ts";
import type { Move } from "../move.ts";

/** A span of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How far back a stage without a soak is looked at, and how much of a soak is its last part. */
const recentMilliseconds = 5 * 60_000;

/**
 * The window whose health decides: as long as the soak of the stage that is left, up to now, and no
 * longer than the stage has lasted. A breach inside of it holds the move up until it is a soak ago.
 */
export const watchedWindow = (
  { ladder }: Pick<Plan, "ladder">,
  { from, since }: Pick<Move, "from" | "since">,
  now: number,
): Span => {
  const soak = ladder.find(({ name }) => name === from)?.leave?.soak;
  return upTo(now, soak?.milliseconds ?? recentMilliseconds, since);
};

/** The last minutes at the weight in force. */
export const recentWindow = ({ since }: Pick<Move, "since">, now: number): Span =>
  upTo(now, recentMilliseconds, since);

const upTo = (now: number, length: number, since: string): Span => {
  const entered = Date.parse(since);
  const from = now - length;
  return { from: entered > from ? Math.min(entered, now) : from, to: now };
};
