import { greenWeightAt } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import type { NightContext } from "./night-context.ts";

/** What is shown at a time, cutover milliseconds. */
const shown = 60_000;

/** Tells about the last minute, twice a second, until the returned function is called. */
export const watch = (
  { world, definition, onProgress, load }: NightContext,
  stage: Stage,
  began: number,
  ends: number,
): (() => void) => {
  const set = greenWeightAt(definition, stage.name);
  const timer = setInterval(() => {
    const now = world.clock.now();
    const seen = load?.record.between(Math.max(began, now - shown), now);
    if (seen === undefined || seen.requests === 0) return;
    onProgress({
      kind: "watching",
      watched: {
        set,
        seen: 100 * seen.share.green,
        errorPercent: (100 * (seen.failed + seen.lost)) / seen.requests,
        p95Milliseconds: seen.p95Milliseconds ?? 0,
        remainingMilliseconds: Math.max(0, ends - now),
        rate: world.clock.state.rate,
      },
    });
  }, 500);
  return () => {
    clearInterval(timer);
  };
};
