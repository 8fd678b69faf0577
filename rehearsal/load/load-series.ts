import { loadSummary, type LoadSummary } from "./load-summary.ts";
import type { RequestRecord } from "./request-record.ts";

/** The requests that were sent within one step of wall time. */
export interface LoadPoint extends LoadSummary {
  /** Milliseconds since the epoch at which the step begins. */
  readonly wallStart: number;
  readonly wallEnd: number;
  /** Cutover milliseconds of the first and the last request in it. */
  readonly cutoverStart: number;
  readonly cutoverEnd: number;
  readonly sent: number;
}

/** Cuts requests into steps of wall milliseconds; steps without any request are left out. */
export const loadSeries = (
  records: readonly RequestRecord[],
  stepMilliseconds: number,
): readonly LoadPoint[] => {
  const steps = new Map<number, RequestRecord[]>();
  for (const record of records) {
    const step = Math.floor(record.sentWall / stepMilliseconds);
    const within = steps.get(step);
    if (within === undefined) steps.set(step, [record]);
    else within.push(record);
  }
  return [...steps].map(([step, within]) => ({
    ...loadSummary(within),
    wallStart: step * stepMilliseconds,
    wallEnd: (step + 1) * stepMilliseconds,
    cutoverStart: within[0]?.sentCutover ?? 0,
    cutoverEnd: within.at(-1)?.sentCutover ?? 0,
    sent: within.length,
  }));
};
