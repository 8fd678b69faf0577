import { rung, stageNamed, wayBackFrom } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { minutes } from "../../definition/units.ts";
import { carryTime } from "../carry-time.ts";

/** What updates, gates and the way back take together, at the most. */
const slack = minutes(5).milliseconds;

/**
 * Whether the plan's window leaves the time for going back from a stage and coming up again: every stage carries its
 * traffic anew, and each step needs what the plan wants left of the window.
 */
export const climbsAgain = (system: SettledSystem, stage: string): boolean => {
  const back = wayBackFrom(system, stage);
  const [window] = system.calendar.windows;
  if (!("to" in back) || window === undefined) return false;
  const carried = (each: Stage): number => carryTime(system, each).milliseconds;
  const before = system.ladder.slice(0, rung(system, stage) + 1);
  let passed = slack;
  for (const each of [...before, stageNamed(system, back.to)]) passed += carried(each);
  for (const each of system.ladder.slice(rung(system, back.to) + 1)) {
    const left = window.lasts.milliseconds - passed;
    if (each.anyTime === undefined && left < (each.timeLeft?.milliseconds ?? 0)) return false;
    passed += carried(each);
  }
  return true;
};
