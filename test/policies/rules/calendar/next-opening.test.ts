import fc from "fast-check";
import { expect, test } from "vitest";
import { closingAt, nextOpening } from "../../../../policies/rules/calendar/next-opening.ts";
import { anyKnownCalendar } from "./any-calendar.ts";
import { isOpen } from "./calendar-by-moments.ts";

const hour = 3_600_000;

test("the next opening is exact: it will do, and no earlier moment will", () =>
  fc.assert(
    fc.property(
      anyKnownCalendar.chain(({ known, first, last }) =>
        fc.record({
          known: fc.constant(known),
          from: fc.integer({ min: first, max: last }),
          left: fc.constantFrom(0, 15 * 60_000, 2 * hour, 5 * hour),
          shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
            minLength: 3,
            maxLength: 3,
          }),
        }),
      ),
      ({ known, from, left, shares }) => {
        const next = nextOpening(known, from, left);
        const willDo = (moment: number): boolean => nextOpening(known, moment, left) === moment;
        const until = next ?? from + 30 * 24 * hour;
        if (next !== undefined) {
          expect(next).toBeGreaterThanOrEqual(from);
          expect(isOpen(known, next)).toBe(true);
          expect(willDo(next)).toBe(true);
          expect(closingAt(known, next, left)).toBeGreaterThanOrEqual(next + left);
          for (const earlier of [next - 1, next - 1_000]) {
            if (earlier >= from) expect(willDo(earlier)).toBe(false);
          }
        }
        for (const share of shares) {
          const moment = from + Math.floor(share * (until - from));
          if (moment >= until || !isOpen(known, moment)) continue;
          // Open, and yet not possible: it closes too soon.
          expect(closingAt(known, moment, left) ?? 0).toBeLessThan(moment + left);
        }
      },
    ),
    { numRuns: 100 },
  ));
