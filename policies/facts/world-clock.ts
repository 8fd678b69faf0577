import { z } from "zod";
import { bounded } from "./bounded.ts";
import { getJson } from "./http-json.ts";
import type { Reading } from "./reading.ts";

const answer = z.object({ now: z.iso.datetime() });

/** Cutover time of a rehearsal's world, milliseconds since the epoch. */
export const worldClock = (world: string, timeoutMilliseconds?: number): Promise<Reading<number>> =>
  bounded(
    "the rehearsal's clock",
    async (signal) => Date.parse(answer.parse(await getJson(`${world}/clock`, { signal })).now),
    timeoutMilliseconds,
  );
