import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { liveThrough } from "./live-through.ts";
import { life, type Act } from "./random-programs.ts";
import { missing } from "./real-cli.ts";

const seed = Number(process.env["CONFORMANCE_SEED"] ?? 1);
const numRuns = Number(process.env["CONFORMANCE_RUNS"] ?? 30);

describe.skipIf(missing !== undefined)("on both engines", () => {
  test(
    `${numRuns} random programs, edited and failing at random, end alike (seed ${seed})`,
    { timeout: numRuns * 60_000 },
    async () => {
      const property = fc.asyncProperty(life, async (acts) => {
        expect(await liveThrough(acts), story(acts)).toBeUndefined();
      });
      // A difference is made smaller for as long as the time of all runs lasts.
      const limit = { interruptAfterTimeLimit: numRuns * 20_000, markInterruptAsFailure: true };
      await fc.assert(property, { seed, numRuns, ...limit });
    },
  );
});

/** A life as a person can read it and run it again. */
const story = (acts: readonly Act[]): string =>
  acts.map((act, index) => `act ${index + 1}: ${JSON.stringify(act)}`).join("\n");
