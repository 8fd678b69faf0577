import type { Calendar } from "../definition/calendar.ts";
import type { Settled } from "../definition/tbd.ts";
import { inWords } from "../definition/units.ts";
import {
  joined,
  outsideEveryWindow,
  type CalendarView,
  type ClosedSpan,
} from "../policies/rules/calendar/calendar-view.ts";
import { hoursReason } from "../policies/rules/calendar/closed-stretches.ts";
import { dayMilliseconds, weekdayOf } from "../policies/rules/calendar/day.ts";
import type { Span } from "../policies/rules/calendar/span.ts";
import { wallTimeAt } from "../policies/rules/calendar/zone-time.ts";
import { hanging } from "./wrapped.ts";

/** A calendar for people, in the plan's zone and in UTC. */
export const calendarInText = ({
  title,
  calendar,
  span,
  view: { windows, closed },
}: {
  readonly title: string;
  readonly calendar: Settled<Calendar>;
  readonly span: Span;
  readonly view: CalendarView;
}): string => {
  const open = windows.flatMap((window) => [
    ...spanLines(window, calendar.zone),
    `    for ${inWords({ milliseconds: window.to - window.from })}`,
  ]);
  const shut = withoutHours(closed, calendar).flatMap((stretch) => [
    ...spanLines(stretch, calendar.zone),
    ...stretch.reasons.map((reason) => hanging("    ", reason)),
  ]);
  const notice =
    calendar.notice === undefined
      ? []
      : ["", `Announced at least ${inWords(calendar.notice)} before the first move.`];
  return [
    title,
    ...spanLines(span, calendar.zone),
    "",
    open.length === 0 ? "Never open." : "Open",
    ...open,
    ...(shut.length === 0 ? [] : ["", "Closed", ...shut]),
    ...notice,
  ].join("\n");
};

/** Hours that are closed every day say nothing where no window is open anyway, and say it every day. */
const withoutHours = (
  closed: readonly ClosedSpan[],
  { blackouts, zone }: Settled<Calendar>,
): readonly ClosedSpan[] => {
  const hours = new Set(
    blackouts.flatMap((blackout) =>
      blackout.kind === "daily hours" ? [hoursReason(blackout, zone)] : [],
    ),
  );
  return joined(
    closed.map((stretch) =>
      stretch.reasons.includes(outsideEveryWindow)
        ? { ...stretch, reasons: stretch.reasons.filter((reason) => !hours.has(reason)) }
        : stretch,
    ),
  );
};

/** A span by the clocks of a zone, and below it in UTC where that is another time. */
const spanLines = (span: Span, zone: string): readonly string[] =>
  (zone === "UTC" ? ["UTC"] : [zone, "UTC"]).map(
    (shown, index) =>
      `${index === 0 ? "  " : "    "}${shownTime(span.from, shown)} to ${shownTime(span.to, shown)} ${shown}`,
  );

const shownTime = (instant: number, zone: string): string => {
  const wall = wallTimeAt(instant, zone);
  const text = new Date(wall).toISOString();
  const time = text.slice(11, wall % 60_000 === 0 ? 16 : 19);
  return `${weekdayOf(Math.floor(wall / dayMilliseconds)).slice(0, 3)} ${text.slice(0, 10)} ${time}`;
};
