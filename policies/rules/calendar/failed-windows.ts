import { rung } from "../../../definition/ladder.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import type { Move } from "../../move.ts";
import type { FailedWindow } from "./judged-windows.ts";
import { plannedWindows } from "./planned-windows.ts";

/** How long a failed window is remembered, milliseconds: longer than any plan's second date is away. */
const memory = 92 * 86_400_000;

/**
 * The windows that the ledger shows to have failed: something moved in them, or went back after them, and
 * the cutover is not finished. A window that nobody used is not among them: nothing says why.
 */
export const failedWindows = (
  { from, since, place }: Pick<Move, "from" | "since" | "place">,
  definition: Pick<SettledSystem, "calendar" | "ladder">,
): readonly FailedWindow[] => {
  const entered = Date.parse(since);
  if (Number.isNaN(entered)) return [];
  // Who climbs straight up makes one entry a rung; whoever has made more went back on the way.
  const wentBack = place !== undefined && place.sequence > rung(definition, from) + 2;
  return plannedWindows(definition.calendar, { from: entered - memory, to: entered + 1 })
    .filter((window) => wentBack || entered < window.to)
    .map(({ title, to }) => ({ title, closedAt: to }));
};
