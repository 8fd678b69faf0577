import type { Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { openingOf } from "./judged-windows.ts";
import { plannedWindows } from "./planned-windows.ts";

/**
 * T-0 of what happens `now`, milliseconds since the epoch: when the planned window that it falls into opened,
 * the first one where several do; `now` itself where it falls into none.
 */
export const beginning = (calendar: Settled<Calendar>, now: number): number =>
  Math.min(
    now,
    ...plannedWindows(calendar, { from: now, to: now + 1 }).map((planned) =>
      openingOf(planned, calendar),
    ),
  );
