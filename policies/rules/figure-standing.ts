import type { LimitedFigure } from "../../definition/figure.ts";
import { amountInWords, isBreached, limitInWords } from "../../definition/thresholds.ts";
import { inWords } from "../../definition/units.ts";
import type { Newest } from "../facts/facts.ts";

/** Whether a figure's newest value keeps its limit, and what was found, in words. */
export const figureStanding = (
  { limit, notOlderThan }: LimitedFigure,
  { value, at }: Newest,
  now: number,
): { readonly good: boolean; readonly found: string } => {
  // Written so that a time that is no number is stale.
  if (!(now - at <= notOlderThan.milliseconds)) {
    return { good: false, found: `older than ${inWords(notOlderThan)}` };
  }
  return {
    good: Number.isFinite(value) && value >= 0 && !isBreached({ limit }, value),
    found: `${amountInWords({ limit }, value)}, limit ${limitInWords({ limit })}`,
  };
};
