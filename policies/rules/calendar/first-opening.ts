import type { Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { dayMilliseconds, dayOf } from "./day.ts";
import { openingOf } from "./judged-windows.ts";
import { plannedWindows } from "./planned-windows.ts";

/**
 * T-0 of a rehearsal: when the plan's first window opens, whatever closes it. Of a window without a date it
 * is the next time from `now` on.
 * @throws RangeError when that window never opens.
 */
export const firstOpening = (calendar: Settled<Calendar>, now: number): number => {
  const [first] = calendar.windows;
  const from = first?.date === undefined ? now : (dayOf(first.date) - 1) * dayMilliseconds;
  const span = { from, to: from + 9 * dayMilliseconds };
  const openings = plannedWindows({ ...calendar, windows: calendar.windows.slice(0, 1) }, span)
    .map((planned) => openingOf(planned, calendar))
    .filter((opening) => opening >= from);
  if (openings.length === 0) throw new RangeError(`${first?.title ?? "no window"} never opens`);
  return Math.min(...openings);
};
