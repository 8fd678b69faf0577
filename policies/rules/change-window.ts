import { greenWeightAt, rung } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Weights } from "../../definition/traffic.ts";
import { inWords } from "../../definition/units.ts";
import type { Move } from "../move.ts";
import { calendarView } from "./calendar/calendar-view.ts";
import { failedWindows } from "./calendar/failed-windows.ts";
import { judgedWindows, type KnownCalendar } from "./calendar/judged-windows.ts";
import { closingAt, foresight, nextOpening } from "./calendar/next-opening.ts";
import { plannedWindows } from "./calendar/planned-windows.ts";
import { unbound } from "./calendar/unbound.ts";
import { howToSign } from "./evidence/how-to-sign.ts";
import { unusedWindows } from "./evidence/unused-windows.ts";
import { instantInWords, nextPossibleInWords } from "./instant-in-words.ts";
import { notApplicable, passed, refused, rule } from "./rule.ts";

/**
 * Traffic moves forward by the calendar only. The first entry into the ladder is not bound: it moves no
 * traffic, and what is checked a day and an hour before the window (S1-33, S1-38) must stand by then.
 */
export const changeWindow = rule({
  name: "change-window",
  sentence: "Traffic moves forward in an open window only, with time left to finish",
  severity: "high",
  remediation:
    "Wait until the time that the message names, or roll back. `cutover calendar` shows every window.",
  binds: ["forward"],
  needs: ["now", "publicHolidays", "liveWeights", "evidence"],
  exempt: unbound,
  judge({ move, definition, facts }) {
    const { now, publicHolidays, liveWeights } = facts;
    const { calendar } = definition;
    if (isResumed(move, definition, liveWeights)) {
      return notApplicable(`the route is at ${move.to} already: an update is being finished`);
    }
    const unused = unusedWindows({ move, definition, facts });
    const failed = [...failedWindows(move, definition), ...unused];
    const known = { calendar, holidays: publicHolidays, failed };
    const left = definition.ladder[rung(definition, move.to)]?.timeLeft?.milliseconds ?? 0;
    const nextPossibleAt = nextOpening(known, now, left);
    const closesAt = closingAt(known, now, left);
    if (nextPossibleAt === now) {
      const rest = closesAt === undefined ? "" : `, until ${instantInWords(closesAt, now)}`;
      return passed(
        `the window is open${rest}`,
        unused.flatMap(({ proofs }) => proofs),
      );
    }
    const { found, expected } =
      closesAt === undefined
        ? { found: whyClosed(known, now), expected: "an open window" }
        : tooLate(move.to, left, closesAt, now);
    return refused({
      found,
      expected,
      says: `${found}; ${whenNext(known, nextPossibleAt, now)}${howToOpen(known, move, definition, now)}`,
      ...(nextPossibleAt !== undefined && { nextPossibleAt }),
    });
  },
});

/** Whether the traffic stands where the move leads, and only the ledger does not know yet. */
const isResumed = (
  { from, to }: Pick<Move, "from" | "to">,
  definition: SettledSystem,
  { blue, green }: Weights,
): boolean => {
  if (rung(definition, from) < 0 || rung(definition, to) < 0) return false;
  const wanted = greenWeightAt(definition, to);
  return wanted !== greenWeightAt(definition, from) && green === wanted && blue === 100 - wanted;
};

const whyClosed = (known: KnownCalendar, now: number): string =>
  calendarView(known, { from: now, to: now + 1 })
    .closed.flatMap(({ reasons }) => reasons)
    .join("; ");

/** Where only a word about another window keeps this one closed, how that is given. */
const howToOpen = (
  known: KnownCalendar,
  move: Move,
  definition: SettledSystem,
  now: number,
): string => {
  const { onlyAfter } =
    plannedWindows(known.calendar, { from: now, to: now + 1 }).find(
      (planned) => planned.onlyAfter !== undefined,
    ) ?? {};
  if (onlyAfter === undefined || known.failed.some(({ title }) => title === onlyAfter)) return "";
  const command = `--window-unused "${onlyAfter}" --because REASON`;
  return `; if nobody used it, ${howToSign(move, definition.rollback.authority.by[0], command)}`;
};

const tooLate = (
  stage: string,
  left: number,
  closesAt: number,
  now: number,
): { readonly found: string; readonly expected: string } => {
  const rest = closesAt - now;
  const needed = inWords({ milliseconds: left });
  return {
    found: `the window closes at ${instantInWords(closesAt, now)}, in ${inWords({ milliseconds: rest })}, and from ${stage} on the night needs ${needed}: ${inWords({ milliseconds: left - rest })} are missing`,
    expected: `${needed} in an open window`,
  };
};

const whenNext = (known: KnownCalendar, next: number | undefined, now: number): string => {
  if (next !== undefined) return nextPossibleInWords(next, now);
  const shut = judgedWindows(known, { from: now, to: now + foresight })
    .filter(({ planned }) => planned.from > now)
    .flatMap(({ closed }) => closed.map(({ reason }) => reason))
    .slice(0, 1);
  return ["no window opens within a year", ...shut].join(": ");
};
