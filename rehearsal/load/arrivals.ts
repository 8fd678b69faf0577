import type { Spacing } from "./messages.ts";

/** Milliseconds until the next arrival at so many a second; infinite at 0. */
export const arrivalGap = (
  requestsPerSecond: number,
  spacing: Spacing,
  random: () => number,
): number => {
  if (requestsPerSecond <= 0) return Number.POSITIVE_INFINITY;
  const mean = 1_000 / requestsPerSecond;
  return spacing === "even" ? mean : -Math.log(1 - random()) * mean;
};
