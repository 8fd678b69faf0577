import { setTimeout as sleep } from "node:timers/promises";
import type { NightContext } from "./night-context.ts";

/** Parts of the example's load, in the order in which a night climbs them. */
const parts = [1 / 4, 1 / 2, 1] as const;
/** The part with which the load begins: an engine that is still at work leaves a small machine little. */
export const firstPart = parts[0];
/** How much slower than its example blue may answer before the machine counts as busy. */
const slack = 5;
/** A machine is busy when it is so in each of so many seconds: a single one may be a start-up's. */
const looks = 3;

/**
 * Climbs to the load that this machine can carry. Where that is not all of the example's, as many fewer
 * cutover seconds pass in a second, so that every soak still sees as many requests.
 */
export const settleLoad = async ({
  world,
  system,
  onProgress,
  signal,
  load,
  speed,
}: NightContext): Promise<void> => {
  if (load === undefined) return;
  const { requestsPerSecond, blue } = system.rehearsal;
  const isCarried = async (): Promise<boolean> => {
    for (let look = 0; look < looks; look += 1) {
      const from = world.clock.now();
      await sleep(1_000, undefined, { signal });
      await load.flush();
      const { p95Milliseconds = Infinity } = load.record.between(from, world.clock.now());
      if (p95Milliseconds <= slack * blue.p95Milliseconds) return true;
    }
    return false;
  };
  let carried: number = firstPart;
  for (const part of parts) {
    load.setRequestsPerSecond(requestsPerSecond * part);
    if (!(await isCarried())) break;
    carried = part;
  }
  if (carried === 1) return;
  const rate = requestsPerSecond * carried;
  onProgress({ kind: "note", text: `This machine is busy: ${rate} requests a second.` });
  load.setRequestsPerSecond(rate);
  await world.letTimePass(false, speed * carried);
};
