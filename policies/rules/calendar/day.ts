import type { Weekday } from "../../../definition/calendar.ts";

/** A day of the calendar, whatever the zone: days since 1970-01-01. */
export type Day = number;

export const dayMilliseconds = 86_400_000;

/** The day of a date `YYYY-MM-DD`. */
export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / dayMilliseconds;

/** `YYYY-MM-DD`. */
export const dateOf = (day: Day): string => atMidnight(day).toISOString().slice(0, 10);

export const weekdayOf = (day: Day): Weekday => weekdays[atMidnight(day).getUTCDay()] ?? "Sunday";

export const yearOf = (day: Day): number => atMidnight(day).getUTCFullYear();

/** The first day of a month; months count from 0 and may lie outside of the year. */
export const firstOfMonth = (year: number, month: number): Day =>
  Date.UTC(year, month) / dayMilliseconds;

/** Month of a day, counted from 0. */
export const monthOf = (day: Day): number => atMidnight(day).getUTCMonth();

const atMidnight = (day: Day): Date => new Date(day * dayMilliseconds);

const weekdays: readonly Weekday[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];
