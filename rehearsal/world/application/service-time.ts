import type { ExampleVersion } from "../../../definition/rehearsal-example.ts";

/** The standard normal distribution's 95th percentile. */
const Z95 = 1.6448536269514722;

/** Draws service times in milliseconds from the log-normal that has the version's median and p95. */
export const serviceTime = (
  { medianMilliseconds, p95Milliseconds }: ExampleVersion,
  random: () => number,
): (() => number) => {
  const sigma = Math.log(p95Milliseconds / medianMilliseconds) / Z95;
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return medianMilliseconds * Math.exp(sigma * normal);
  };
};
