import { beforeEach, expect } from "vitest";
import { Twins, type Outcome } from "./twins.ts";

/** The stacks of the running test: one for each engine. */
export interface Pair {
  readonly twins: Twins;
  /** Runs an operation on both and fails where they differ. */
  readonly alike: (...operation: Parameters<Twins["run"]>) => Promise<Outcome>;
}

/** Fresh stacks for each test of a file. */
export const freshPair = (): (() => Pair) => {
  let pair: Pair | undefined;
  beforeEach(async () => {
    const twins = await Twins.create();
    pair = {
      twins,
      alike: async (...operation) => {
        const { real, embedded } = await twins.run(...operation);
        expect(embedded, JSON.stringify(twins.said)).toEqual(real);
        return real;
      },
    };
    return () => twins.remove();
  });
  return () => {
    if (pair === undefined) throw new Error("a pair is there within a test only");
    return pair;
  };
};
