import { Temporal } from "@js-temporal/polyfill";
import { BadInput, shown } from "../definition/bad-input.ts";
import { inWords, type Duration } from "../definition/units.ts";

/**
 * Reads a span as a person writes one: `30m`, `1h30m`, `90s`.
 * @throws BadInput when it is none, when it is nothing, or longer than `most`.
 */
export const durationOption = (
  where: string,
  key: string,
  text: string,
  most: Duration,
): Duration => {
  const milliseconds = spanOf(text);
  if (milliseconds > 0 && milliseconds <= most.milliseconds) return { milliseconds };
  throw new BadInput({
    where,
    key,
    found: shown(text),
    expected: `a span of at most ${inWords(most)}, for example 30m, 1h30m or 90s`,
  });
};

const spanOf = (text: string): number => {
  try {
    return /^[\d.hms]+$/.test(text)
      ? Temporal.Duration.from(`PT${text.toUpperCase()}`).total("milliseconds")
      : NaN;
  } catch {
    return NaN;
  }
};
