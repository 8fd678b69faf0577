import type { Stage } from "../../definition/stage.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { minutes } from "../../definition/units.ts";
import { watchedLength } from "../../policies/facts/watched-window.ts";
import { carryTime } from "../carry-time.ts";
import { stageSpeed } from "./stage-speed.ts";

/** A part of the time for which a stage carries its traffic. */
export interface Stretch {
  /** Its end, cutover milliseconds after the stage began. */
  readonly ends: number;
  /** Cutover seconds per wall second; `Infinity` where nobody will ever look at it. */
  readonly speed: number;
  /** Whether faults, alarms and gates find it as it would be: the rest is only time that must pass. */
  readonly real: boolean;
}

/** How much of a long stage is rehearsed as it would be when it begins: a fault comes then, and alarms find it. */
const firstPart = minutes(12).milliseconds;
/** What is saved must be worth a gap in what was measured. */
const worthwhile = minutes(20).milliseconds;

/**
 * How a stage passes. Of a long one only its beginning and what the gates look at are rehearsed as they would be; what
 * lies between passes in a few seconds.
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
  // A little more than they look at, as the fast part ends at no exact second.
  const unseen = whole - 1.1 * watchedLength(system, stage.name).milliseconds;
  if (unseen - firstPart < worthwhile) return [last];
  return [
    { ends: firstPart, speed, real: true },
    { ends: unseen, speed: Infinity, real: false },
    last,
  ];
};
