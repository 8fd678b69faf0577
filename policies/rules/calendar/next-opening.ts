import { dayMilliseconds } from "./day.ts";
import { openSpans, type KnownCalendar } from "./judged-windows.ts";

/** How far ahead an opening is looked for, milliseconds: holidays are known for a year to come. */
export const foresight = 366 * dayMilliseconds;

/** How much is looked at in one go, milliseconds: most calendars open within a month. */
const stride = 31 * dayMilliseconds;

/** As far as calendars go, milliseconds. */
const lastInstant = 8.64e15;

/**
 * The first instant, not before `from`, that lies in an open window of which so much time is left; nothing
 * when there is none within a year. The same function answers whether an instant itself will do.
 * @param left time that must remain until the window closes, milliseconds.
 * @throws RangeError where it is not known what is a public holiday.
 */
export const nextOpening = (
  known: KnownCalendar,
  from: number,
  left: number,
): number | undefined => {
  if (!(Math.abs(from) <= lastInstant)) throw new RangeError(`${from} is no time`);
  for (let at = from; at <= from + foresight; at += stride) {
    // Windows that follow each other are one only where both are looked at.
    for (const span of openSpans(known, { from: at, to: at + stride + left })) {
      const opening = Math.max(from, span.from);
      if (opening < span.to && opening + left <= span.to) return opening;
    }
  }
  return undefined;
};

/** When the open window that an instant lies in closes, looking so far ahead; nothing when it lies in none. */
export const closingAt = (
  known: KnownCalendar,
  instant: number,
  ahead: number,
): number | undefined =>
  openSpans(known, { from: instant, to: instant + ahead + 1 }).find(
    ({ from, to }) => from <= instant && instant < to,
  )?.to;
