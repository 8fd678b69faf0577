import { inWords } from "../definition/units.ts";
import type { Watched } from "../rehearsal/progress.ts";

/** What the last minute looked like, the most important first; fits beside an indent of two columns. */
export const statusLine = (watched: Watched): string => {
  const { set, seen, errorPercent, p95Milliseconds, remainingMilliseconds, rate } = watched;
  return [
    `green ${seen.toFixed(1)} % (set ${set} %)`,
    `errors ${errorPercent.toFixed(errorPercent < 10 ? 2 : 1)} %`,
    `p95 ${Math.round(p95Milliseconds)} ms`,
    left(remainingMilliseconds),
    ...(rate > 1 ? [`${Math.round(rate)}× fast`] : []),
  ].join(", ");
};

/** Minutes, and seconds only near the end: a line that is drawn twice a second must not flicker. */
const left = (milliseconds: number): string => {
  if (milliseconds <= 0) return "at its end";
  const step = milliseconds > 120_000 ? 60_000 : 1_000;
  return `${inWords({ milliseconds: Math.ceil(milliseconds / step) * step })} left`;
};
