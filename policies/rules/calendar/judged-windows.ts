import type { Calendar } from "../../../definition/calendar.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { closedStretches } from "./closed-stretches.ts";
import { dayOf } from "./day.ts";
import { plannedWindows, type PlannedWindow } from "./planned-windows.ts";
import type { PublicHolidays } from "./public-holidays.ts";
import { clipped, merged, without, type Span } from "./span.ts";
import { plannedInstant, wallTime } from "./zone-time.ts";

/** A calendar with everything that it takes to know when it is open. */
export interface KnownCalendar {
  readonly calendar: Settled<Calendar>;
  readonly holidays: PublicHolidays;
  /** Windows that are on record as failed: they open those that stand in for them. */
  readonly failed: readonly FailedWindow[];
}

/** A window that passed without the cutover being finished. */
export interface FailedWindow {
  readonly title: string;
  /** When it closed, milliseconds since the epoch. */
  readonly closedAt: number;
}

/** One use of a window, cut into what is open and what is not. */
export interface JudgedWindow {
  readonly planned: PlannedWindow;
  readonly open: readonly Span[];
  readonly closed: readonly (Span & { readonly reason: string })[];
}

/**
 * The windows that overlap a span, each judged whole, whatever part of it lies in the span. A window that
 * stands in for another one opens once that has failed. A window that a closed day or an event touches at
 * any moment is closed: the night would run into it. Daily hours take only their own time out of it.
 * @throws RangeError where it is not known what is a public holiday.
 */
export const judgedWindows = (known: KnownCalendar, span: Span): readonly JudgedWindow[] =>
  plannedWindows(known.calendar, span).map((planned) => judged(planned, known));

/** When it is open, in as few spans as can be: windows that overlap or follow each other are one. */
export const openSpans = (known: KnownCalendar, span: Span): readonly Span[] =>
  merged(judgedWindows(known, span).flatMap(({ open }) => open));

const judged = (
  planned: PlannedWindow,
  { calendar, holidays, failed }: KnownCalendar,
): JudgedWindow => {
  const { title, onlyAfter } = planned;
  const opensAt = openingOf(planned, calendar);
  const rest = clipped({ from: opensAt, to: planned.to }, planned);
  const touching = closedStretches(calendar, holidays, rest);
  const waits =
    onlyAfter !== undefined &&
    !failed.some((window) => window.title === onlyAfter && window.closedAt <= planned.from);
  const shut = [
    ...(waits ? [`${title} opens only once ${onlyAfter} has failed`] : []),
    ...touching
      .filter(({ closes }) => closes === "whole windows")
      .map(({ reason }) => `${title} touches ${reason}`),
  ];
  const early = clipped({ from: planned.from, to: opensAt }, planned);
  return {
    planned,
    open: shut.length > 0 ? [] : without(rest, touching),
    closed: [
      { ...early, reason: `before ${calendar.notBefore ?? ""} ${calendar.zone}` },
      ...shut.map((reason) => ({ ...rest, reason })),
    ].filter(({ from, to }) => from < to),
  };
};

/** When a window opens by itself: as planned, and no earlier on its day than any may. */
export const openingOf = (
  { date, from }: PlannedWindow,
  { notBefore, zone }: Settled<Calendar>,
): number =>
  notBefore === undefined
    ? from
    : Math.max(from, plannedInstant(wallTime(dayOf(date), notBefore), zone));
