import type { Plan } from "../../definition/plan.ts";
import { shortestWatch } from "../../definition/shortest-watch.ts";
import { days } from "../../definition/units.ts";
import type { Move } from "../move.ts";

/** A span of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much of a stage is its last part. */
const recentMilliseconds = 5 * 60_000;

/** The longest window that is looked at: of its minutes Datadog gives 1,500 at the most. */
export const longestWatched = days(1);

/**
 * The window whose health decides: as long as the soak of the stage that is left, long enough for every threshold, a
 * day at the most, up to now, and no longer than the stage has lasted. A breach inside of it holds the move up until it
 * is that long ago.
 */
export const watchedWindow = (
  plan: Pick<Plan, "ladder" | "thresholds" | "alarms">,
  { from, since }: Pick<Move, "from" | "since">,
  now: number,
): Span => {
  const soak = plan.ladder.find(({ name }) => name === from)?.leave?.soak?.milliseconds ?? 0;
  const length = Math.max(soak, shortestWatch(plan).milliseconds);
  return upTo(now, Math.min(length, longestWatched.milliseconds), since);
};

/** The last minutes at the weight in force. */
export const recentWindow = ({ since }: Pick<Move, "since">, now: number): Span =>
  upTo(now, recentMilliseconds, since);

const upTo = (now: number, length: number, since: string): Span => {
  const entered = Date.parse(since);
  const from = now - length;
  return { from: entered > from ? Math.min(entered, now) : from, to: now };
};
