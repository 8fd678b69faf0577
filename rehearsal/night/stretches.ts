import type { Stage } from "../../definition/stage.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { hours, minutes } from "../../definition/units.ts";
import { longestWatched } from "../../policies/facts/watched-window.ts";
import { carryTime } from "../carry-time.ts";
import { lapseSpeed, stageSpeed } from "./stage-speed.ts";

/** A part of the time for which a stage carries its traffic. */
export interface Stretch {
  /** Its end, cutover milliseconds after the stage began. */
  readonly ends: number;
  /** Cutover seconds per wall second; `Infinity` where nobody will ever look at it. */
  readonly speed: number;
  /** Whether faults, alarms and gates find it as it would be: the rest is only time that must pass. */
  readonly real: boolean;
}

/** A stage that carries its traffic for longer is not rehearsed second by second. */
const longestReal = hours(2).milliseconds;
/** How much of such a stage is, at its beginning and at its end. */
const realEdge = minutes(30).milliseconds;
/** How long before what the gates look at the rest has passed. */
const early = hours(1).milliseconds;

/**
 * How a stage passes. Of a long one the middle passes fast: as far as gates look back so that they still find
 * measurements, and what lies before that in a few seconds.
 * @param asked cutover seconds per wall second.
 */
export const stretchesOf = (
  system: SettledSystem,
  stage: Stage,
  asked: number,
): readonly Stretch[] => {
  const whole = carryTime(system, stage).milliseconds;
  const speed = stageSpeed(system, stage, asked);
  const last = { ends: whole, speed, real: true };
  if (whole <= longestReal) return [last];
  const unseen = whole - longestWatched.milliseconds - early;
  return [
    { ends: realEdge, speed, real: true },
    ...(unseen > realEdge ? [{ ends: unseen, speed: Infinity, real: false }] : []),
    { ends: whole - realEdge, speed: Math.max(speed, lapseSpeed(system, stage)), real: false },
    last,
  ];
};
