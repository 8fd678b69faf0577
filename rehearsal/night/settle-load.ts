import { setTimeout as sleep } from "node:timers/promises";
import type { NightContext } from "./night-context.ts";

/** How much slower than its example blue may answer before the machine counts as busy. */
const slack = 5;
/** A machine is busy when it is so in each of so many seconds: a single one may be a start-up's. */
const looks = 3;

/**
 * Finds the load that this machine can carry: on a busy one fewer requests, and as many fewer cutover
 * seconds a second, so that every soak still sees as many requests.
 */
export const settleLoad = async (context: NightContext): Promise<void> => {
  const { world, system, onProgress, signal, load, speed } = context;
  if (load === undefined) return;
  const { requestsPerSecond, blue } = system.rehearsal;
  for (let part = 1; part >= 1 / 4; part /= 2) {
    if (part < 1) {
      const rate = requestsPerSecond * part;
      onProgress({ kind: "note", text: `This machine is busy: ${rate} requests a second.` });
      load.setRequestsPerSecond(rate);
      await world.letTimePass(false, speed * part);
    }
    // The first requests open connections and warm up; those after them count.
    await sleep(1_000, undefined, { signal });
    for (let look = 0; look < looks; look += 1) {
      const from = world.clock.now();
      await sleep(1_000, undefined, { signal });
      await load.flush();
      const { p95Milliseconds = Infinity } = load.record.between(from, world.clock.now());
      if (p95Milliseconds <= slack * blue.p95Milliseconds) return;
    }
  }
};
