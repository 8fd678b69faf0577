import { z } from "zod";
import { bounded } from "./bounded.ts";
import type { Reading } from "./reading.ts";

const answer = z.object({ now: z.iso.datetime() });

/** Cutover time of a rehearsal's world, milliseconds since the epoch. */
export const worldClock = (world: string, timeoutMilliseconds?: number): Promise<Reading<number>> =>
  bounded(
    "the rehearsal's clock",
    async (signal) => {
      const response = await fetch(`${world}/clock`, { signal });
      if (!response.ok) throw Object.assign(new Error(), { code: response.status });
      return Date.parse(answer.parse(await response.json()).now);
    },
    timeoutMilliseconds,
  );
