/**
 * Wall times of IANA zones. Written on `Intl` because every forward move of every system waits for it: the
 * Temporal polyfill would add a tenth of a second to the start of the policy pack and takes ten times as
 * long for one conversion. The tests hold this file against it.
 */
import { dayMilliseconds, type Day } from "./day.ts";

/** What clocks show, counted as if they stood in UTC: milliseconds since the epoch. */
export type WallTime = number;

/** A time of day, `HH:MM`, on a day. */
export const wallTime = (day: Day, time: string): WallTime => {
  const [hours, minutes] = time.split(":").map(Number);
  return day * dayMilliseconds + ((hours ?? NaN) * 60 + (minutes ?? NaN)) * 60_000;
};

/** What clocks in a zone show at an instant, milliseconds since the epoch. */
export const wallTimeAt = (instant: number, zone: string): WallTime =>
  instant + offsetAt(instant, zone);

/** The day in a zone at an instant. */
export const dayAt = (instant: number, zone: string): Day =>
  Math.floor(wallTimeAt(instant, zone) / dayMilliseconds);

/** Whether a day exists in a zone: Samoa had no 30 December 2011. */
export const dayExists = (day: Day, zone: string): boolean =>
  dayAt(startOfDay(day, zone), zone) === day;

/** The first instant of a day in a zone; of the next one where the day does not exist. */
export const startOfDay = (day: Day, zone: string): number =>
  firstInstant(day * dayMilliseconds, zone);

/** The first instant at which clocks show this wall time; where they skip it, the instant of the skip. */
export const firstInstant = (wall: WallTime, zone: string): number => edge(wall, zone, Math.min);

/** The last instant at which clocks show this wall time; where they skip it, the instant of the skip. */
export const lastInstant = (wall: WallTime, zone: string): number => edge(wall, zone, Math.max);

/**
 * When something planned for a wall time begins, as RFC 5545 and Temporal have it: the first time where
 * clocks show it twice; where they skip it, as long after the skip as it was planned after its beginning.
 */
export const plannedInstant = (wall: WallTime, zone: string): number => {
  const instants = instantsOf(wall, zone);
  return instants.length > 0
    ? Math.min(...instants)
    : wall - offsetAt(wall - dayMilliseconds, zone);
};

const edge = (wall: WallTime, zone: string, pick: (...values: number[]) => number): number => {
  const instants = instantsOf(wall, zone);
  return instants.length > 0 ? pick(...instants) : skipOver(wall, zone);
};

/** Every instant at which clocks show a wall time: one, none or two. */
const instantsOf = (wall: WallTime, zone: string): readonly number[] =>
  // No zone lies further than 14 hours from UTC, so these are the offsets before and after any change.
  [...new Set([wall - dayMilliseconds, wall + dayMilliseconds].map((near) => offsetAt(near, zone)))]
    .map((offset) => wall - offset)
    .filter((instant) => wallTimeAt(instant, zone) === wall);

/** The instant at which clocks skip a wall time: the first at which they show a later one. */
const skipOver = (wall: WallTime, zone: string): number => {
  let before = wall - offsetAt(wall + dayMilliseconds, zone) - 1;
  let after = wall - offsetAt(wall - dayMilliseconds, zone);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallTimeAt(middle, zone) < wall) before = middle;
    else after = middle;
  }
  return after;
};

/** How far clocks in a zone are ahead of UTC at an instant, milliseconds. */
const offsetAt = (instant: number, zone: string): number => {
  if (zone === "UTC") return 0;
  const shown = formatOf(zone).format(instant);
  const { sign, hours, minutes, seconds } = offsetText.exec(shown)?.groups ?? {};
  if (hours === undefined) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0);
  return (sign === "-" ? -1_000 : 1_000) * size;
};

/** `GMT+05:45`; just `GMT` where there is nothing between. */
const offsetText = /GMT(?<sign>[+-])(?<hours>\d{2}):(?<minutes>\d{2})(?::(?<seconds>\d{2}))?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, made);
  return made;
};
