import { inWords } from "../definition/units.ts";

/** A length of time to the second, in words. Milliseconds. */
export const toTheSecond = (milliseconds: number): string =>
  inWords({ milliseconds: Math.round(milliseconds / 1_000) * 1_000 });
