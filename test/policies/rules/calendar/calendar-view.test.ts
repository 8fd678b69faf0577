import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarView } from "../../../../policies/rules/calendar/calendar-view.ts";
import { anyKnownCalendar } from "./any-calendar.ts";
import { isOpen } from "./calendar-by-moments.ts";

const anyLook = anyKnownCalendar.chain(({ known, first, last }) =>
  fc.record({
    known: fc.constant(known),
    span: fc
      .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: 12 * 86_400_000 }))
      .map(([from, length]) => ({ from, to: from + length })),
    share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  }),
);

/** Moments of a calendar for which the second opinion, which takes its time, is asked. */
const asked = 12;

/** So many of the values, from the first to the last. */
const spread = <T>(values: readonly T[], count: number): readonly T[] => {
  const each = Math.max(1, Math.ceil(values.length / count));
  return values.filter((_, index) => index % each === 0);
};

test("windows and closed stretches are the span, in order and without a gap", () =>
  fc.assert(
    fc.property(anyLook, ({ known, span }) => {
      const { windows, closed } = calendarView(known, span);
      const all = [...windows, ...closed].sort((a, b) => a.from - b.from);
      let reached = span.from;
      for (const { from, to } of all) {
        expect(from).toBe(reached);
        expect(to).toBeGreaterThan(from);
        reached = to;
      }
      expect(reached).toBe(span.to);
      for (const { reasons } of closed) expect(reasons.length).toBeGreaterThan(0);
      for (const [index, { from }] of windows.slice(1).entries()) {
        expect(from).toBeGreaterThan(windows[index]?.to ?? 0);
      }
    }),
    { numRuns: 200 },
  ));

test("says the same of every moment as a second opinion does, at each edge and in between", () =>
  fc.assert(
    fc.property(anyLook, ({ known, span, share }) => {
      const { windows, closed } = calendarView(known, span);
      const edges = [...windows, ...closed].flatMap(({ from, to }) => [from, to]);
      const moments = [
        ...edges.flatMap((edge) => [edge - 1, edge]),
        span.from + Math.floor(share * (span.to - span.from)),
      ].filter((moment) => moment >= span.from && moment < span.to);
      for (const moment of spread([...new Set(moments)], asked)) {
        const open = windows.some(({ from, to }) => from <= moment && moment < to);
        expect([new Date(moment).toISOString(), open]).toEqual([
          new Date(moment).toISOString(),
          isOpen(known, moment),
        ]);
      }
    }),
    { numRuns: 80 },
  ));

test("what is seen of a span does not depend on how much is looked at", () =>
  fc.assert(
    fc.property(anyLook, ({ known, span, share }) => {
      const middle = span.from + Math.floor(share * (span.to - span.from));
      fc.pre(middle > span.from && middle < span.to);
      const parts = [
        ...calendarView(known, { from: span.from, to: middle }).windows,
        ...calendarView(known, { from: middle, to: span.to }).windows,
      ];
      const whole = calendarView(known, span).windows;
      const length = (spans: typeof whole): number =>
        spans.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(length(parts)).toBe(length(whole));
    }),
  ));
