import type { NightContext } from "./night-context.ts";
import type { Stretch } from "./stretches.ts";

/** Wall seconds in which what is left of a stretch without a limit would pass at its speed. */
const inSeconds = 1.5;
/** Part of what is left after which the speed is set anew. */
const step = 1 / 3;
/** The slowest that such a stretch passes, cutover seconds per wall second. */
const slowest = 600;

/**
 * Lets a stretch of a stage pass, or what is left of it when `stop` comes. Without a limit to its speed it slows down as
 * its end comes near: what a busy machine oversleeps is then never more than a part of what was left.
 * @param ends cutover milliseconds since the epoch.
 */
export const passStretch = async (
  { world, carried }: Pick<NightContext, "world" | "carried">,
  { speed }: Pick<Stretch, "speed">,
  ends: number,
  stop: AbortSignal,
): Promise<void> => {
  const { clock } = world;
  if (Number.isFinite(speed)) {
    await world.letTimePass(true, speed * carried);
    await clock.until(ends, stop);
    return;
  }
  for (;;) {
    const left = ends - clock.now();
    if (left <= 0 || stop.aborted) return;
    const rate = left / 1_000 / inSeconds;
    await world.letTimePass(true, Math.max(slowest, rate));
    await clock.until(rate <= slowest ? ends : clock.now() + left * step, stop);
  }
};
