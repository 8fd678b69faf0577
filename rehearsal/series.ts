import type { LoadRecord } from "./load/load-record.ts";
import type { Series } from "./rehearsal-record.ts";

/** Wall time that one point of a plot covers, milliseconds. */
const stepMilliseconds = 500;

/** The load's record as plots draw it, beside the weight that was in force; no points without load. */
export const seriesOf = (
  load: LoadRecord | undefined,
  weights: readonly { readonly at: number; readonly green: number }[],
): Series => {
  const points = load?.series(stepMilliseconds) ?? [];
  const perSecond = (requests: number): number => (requests * 1_000) / stepMilliseconds;
  return {
    stepMilliseconds,
    at: points.map(({ cutoverStart }) => cutoverStart),
    blue: points.map(({ blue }) => perSecond(blue.requests)),
    green: points.map(({ green }) => perSecond(green.requests)),
    unanswered: points.map(({ requests, blue, green }) =>
      perSecond(requests - blue.requests - green.requests),
    ),
    errorPercent: points.map(({ requests, failed, lost }) =>
      requests === 0 ? null : (100 * (failed + lost)) / requests,
    ),
    blueP95: points.map(({ blue }) => blue.p95Milliseconds ?? null),
    greenP95: points.map(({ green }) => green.p95Milliseconds ?? null),
    greenWeight: points.map(
      ({ cutoverStart }) => weights.findLast(({ at }) => at <= cutoverStart)?.green ?? 0,
    ),
  };
};
