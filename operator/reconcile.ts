import type { DataCheck } from "../definition/figure.ts";
import { unknown, known, type Reading } from "../policies/facts/reading.ts";
import { openSources } from "../policies/facts/sources.ts";
import { figureStanding } from "../policies/rules/figure-standing.ts";
import { connectionsOf, type OperatedSystem } from "./stack.ts";

/** One figure about the data, as it stands. */
export interface CheckedFigure {
  readonly check: DataCheck;
  readonly good: boolean;
  /** The figure and its limit in words, or why nobody knows it. */
  readonly found: string;
  /** When it was measured, milliseconds since the epoch; undefined where nobody knows it. */
  readonly measuredAt: number | undefined;
}

/**
 * How a system's data stands by every figure of its plan, whatever stage names it. It reads only; no engine runs.
 * @returns unknown when nobody knows the time, without which no figure has an age.
 */
export const dataNow = async (
  operated: OperatedSystem,
): Promise<Reading<{ readonly now: number; readonly figures: readonly CheckedFigure[] }>> => {
  const { definition } = operated;
  const connections = connectionsOf(operated);
  if (!connections.known) return connections;
  const { figures: reader, now: readNow } = openSources(connections.value);
  const now = await readNow();
  if (!now.known) return unknown(now.reason);
  const figures = (definition.dataChecks ?? []).map(async (check): Promise<CheckedFigure> => {
    const newest = await reader.newest(check, now.value);
    return newest.known
      ? { check, ...figureStanding(check, newest.value, now.value), measuredAt: newest.value.at }
      : { check, good: false, found: newest.reason, measuredAt: undefined };
  });
  return known({ now: now.value, figures: await Promise.all(figures) });
};
