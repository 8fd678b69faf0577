import type { Plan } from "../../definition/plan.ts";
import { shortestWatch } from "../../definition/shortest-watch.ts";
import { hours, type Duration } from "../../definition/units.ts";
import type { Move } from "../move.ts";

/** A span of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How much of a stage is its last part. */
const recentMilliseconds = 5 * 60_000;

/**
 * The longest window that is looked at. A breach before it was seen by the alarms, which order the way back at once;
 * and in a day there are always minutes with too few requests to judge anything by.
 */
const longestWatched = hours(1);

/**
 * The window whose health decides: as long as the soak of the stage that is left, long enough for every threshold, an
 * hour at the most, up to now, and no longer than the stage has lasted. A breach inside of it holds the move up until it
 * is that long ago.
 */
export const watchedWindow = (
  plan: Pick<Plan, "ladder" | "thresholds" | "alarms">,
  { from, since }: Pick<Move, "from" | "since">,
  now: number,
): Span => {
  return upTo(now, watchedLength(plan, from).milliseconds, since);
};

/** How long that window is before a stage is left, once the stage has lasted as long. */
export const watchedLength = (
  plan: Pick<Plan, "ladder" | "thresholds" | "alarms">,
  stage: string,
): Duration => {
  const soak = plan.ladder.find(({ name }) => name === stage)?.leave?.soak?.milliseconds ?? 0;
  const least = shortestWatch(plan).milliseconds;
  return { milliseconds: Math.max(least, Math.min(soak, longestWatched.milliseconds)) };
};

/** The last minutes at the weight in force. */
export const recentWindow = ({ since }: Pick<Move, "since">, now: number): Span =>
  upTo(now, recentMilliseconds, since);

const upTo = (now: number, length: number, since: string): Span => {
  const entered = Date.parse(since);
  const from = now - length;
  return { from: entered > from ? Math.min(entered, now) : from, to: now };
};
