import { inWords } from "../../definition/units.ts";

/**
 * An instant as an operator reads it, `22:41:00 UTC`, with the date when it is another day than `now`.
 * Rounded up to the second, so that what is promised for then holds then. Milliseconds since the epoch.
 */
export const instantInWords = (instant: number, now: number): string => {
  const text = isoSecond(instant);
  const sameDay = text.slice(0, 10) === isoSecond(now).slice(0, 10);
  return `${sameDay ? "" : `${text.slice(0, 10)} `}${text.slice(11, 19)} UTC`;
};

/** When a move is possible, and how long that still takes, for the end of a refusal. Milliseconds since the epoch. */
export const nextPossibleInWords = (at: number, now: number): string =>
  `next possible at ${instantInWords(at, now)} (in ${inWords({ milliseconds: at - now })})`;

const isoSecond = (instant: number): string =>
  new Date(Math.ceil(instant / 1_000) * 1_000).toISOString();
