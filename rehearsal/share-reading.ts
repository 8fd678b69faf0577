import type { ShareReading } from "./rehearsal-record.ts";

/** Standard deviations of a two-sided 99.9 % interval of the normal distribution. */
const deviations = 3.290_526_731_491_9;

/**
 * Green's share as seen, beside the 99.9 % interval in which that many requests lie when each is sent to
 * green with the probability of its weight.
 * @param weight green's weight, percent.
 */
export const shareReading = (
  stage: string,
  weight: number,
  { blue, green }: { readonly blue: number; readonly green: number },
): ShareReading => {
  const requests = blue + green;
  const set = weight / 100;
  const spread = requests === 0 ? 0 : deviations * Math.sqrt((set * (1 - set)) / requests);
  return {
    stage,
    set,
    seen: requests === 0 ? 0 : green / requests,
    low: Math.max(0, set - spread),
    high: Math.min(1, set + spread),
    requests,
  };
};

/** Whether traffic says what the weight says. Without a request it says nothing. */
export const insideInterval = ({ seen, low, high, requests }: ShareReading): boolean =>
  requests > 0 && seen >= low && seen <= high;
