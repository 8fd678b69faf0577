import { inWords } from "../definition/units.ts";
import type { Watched } from "../rehearsal/progress.ts";

/** What the last minute looked like, the most important first; fits beside an indent of four columns. */
export const statusLine = (watched: Watched): string => {
  const { set, seen, errorPercent, p95Milliseconds, remainingMilliseconds, rate } = watched;
  // Whole seconds: a line that is drawn twice a second must not flicker.
  const left = Math.ceil(remainingMilliseconds / 1_000) * 1_000;
  const speed = rate > 1 ? `, ${Math.round(rate)}× fast` : "";
  return [
    `green ${seen.toFixed(1)} % (set ${set} %)`,
    `errors ${errorPercent.toFixed(2)} %`,
    `p95 ${Math.round(p95Milliseconds)} ms`,
    left > 0 ? `${inWords({ milliseconds: left })} left${speed}` : "at its end",
  ].join(" · ");
};
