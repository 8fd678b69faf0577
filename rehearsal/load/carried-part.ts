import { setTimeout as sleep } from "node:timers/promises";
import type { RehearsalExample } from "../../definition/rehearsal-example.ts";
import type { CutoverClock } from "../clock.ts";
import type { Load } from "./start-load.ts";

/** Parts of the example's load, in the order in which they are climbed. */
const parts = [1 / 4, 1 / 2, 1] as const;
/** The part with which the load begins: an engine that is still at work leaves a small machine little. */
export const firstPart = parts[0];
/** How much slower than its example blue may answer before the machine counts as busy. */
const slack = 5;
/** A machine is busy when it is so in each of so many seconds: a single one may be a start-up's. */
const looks = 3;

/** Climbs to the part of the example's load that this machine carries, and stays there. @returns that part. */
export const climbToCarriedPart = async (
  load: Load,
  { requestsPerSecond, blue }: RehearsalExample,
  clock: CutoverClock,
  signal: AbortSignal,
): Promise<number> => {
  const isCarried = async (): Promise<boolean> => {
    for (let look = 0; look < looks; look += 1) {
      const from = clock.now();
      await sleep(1_000, undefined, { signal });
      await load.flush();
      const { p95Milliseconds = Infinity } = load.record.between(from, clock.now());
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
  load.setRequestsPerSecond(requestsPerSecond * carried);
  return carried;
};
