import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../../definition/bad-input.ts";
import type { Calendar } from "../../../definition/calendar.ts";
import { digest } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { settle, type Settled } from "../../../definition/tbd.ts";
import { hours, minutes as span } from "../../../definition/units.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import { calendarView } from "../../../policies/rules/calendar/calendar-view.ts";
import { changeWindow } from "../../../policies/rules/change-window.ts";
import { lms } from "../../../stacks/lms.ts";
import {
  entered,
  messageOf,
  minutes,
  move,
  night,
  outcome,
  publicHolidays,
  system,
  without,
} from "../lms-night.ts";
import { signedBy } from "../signed-evidence.ts";
import { anyKnownCalendar } from "./calendar/any-calendar.ts";

const at = (instant: string): number => Date.parse(instant);
/** A step up to a stage at an instant, on the LMS with another calendar where one is given. */
const stepTo = (
  to: string,
  now: number,
  changes: Partial<Settled<Calendar>> = {},
  of: Parameters<typeof move>[2] = {},
) => {
  const from = system.ladder[system.ladder.findIndex(({ name }) => name === to) - 1]?.name ?? "";
  const definition: SettledSystem = {
    ...system,
    calendar: { ...system.calendar, ...changes },
  };
  return { ...night(move(from, to, of), { now }), definition };
};
const says = (judged: ReturnType<typeof stepTo>): string => messageOf(changeWindow.judge(judged));
/** Before any window began. */
const early = {
  since: "2026-01-09T12:00:00Z",
  place: { sequence: 2, follows: "", sinceCommit: "" },
};

describe("S1-11: forward moves inside the Saturday night window only", () => {
  test.for([
    ["2026-01-10T21:59:59Z", "refused"],
    ["2026-01-10T21:59:59.999Z", "refused"],
    ["2026-01-10T22:00:00Z", "passed"],
    ["2026-01-11T00:15:00Z", "passed"],
  ] as const)("%s: %s", ([instant, expected]) =>
    expect(outcome(changeWindow, stepTo("canary", at(instant)))).toBe(expected),
  );
  test.for([
    ["2026-01-11T01:59:59Z", "passed"],
    ["2026-01-11T02:00:00Z", "refused"],
  ] as const)("%s, with nothing left to do: %s", ([instant, expected]) => {
    const ladder = system.ladder.map(({ timeLeft: _, ...stage }) => stage);
    const judged = stepTo("canary", at(instant));
    const definition = { ...judged.definition, ladder };
    expect(outcome(changeWindow, { ...judged, definition })).toBe(expected);
  });
  test("the refusal says why and from when on", () => {
    const judged = stepTo("canary", at("2026-01-10T21:00:00Z"));
    expect(says(judged)).toBe(
      "refused: outside every window; next possible at 22:00:00 UTC (in 1 h).",
    );
    expect(changeWindow.judge(judged)).toMatchObject({
      nextPossibleAt: at("2026-01-10T22:00:00Z"),
    });
  });
  test("clocks that change elsewhere move nothing: it is UTC", () => {
    const windows = lms.calendar.windows
      .slice(0, 1)
      .map((window) => ({ ...window, date: "2026-03-28" }));
    const calendar = {
      windows: settle(windows, { rehearsal: true, file: "" }),
      blackouts: [],
    };
    expect(outcome(changeWindow, stepTo("canary", at("2026-03-28T21:59:59Z"), calendar))).toBe(
      "refused",
    );
    expect(outcome(changeWindow, stepTo("canary", at("2026-03-28T22:00:00Z"), calendar))).toBe(
      "passed",
    );
  });
});

test("S1-12: without a date nothing moves forward, and the key is named", () => {
  const settling = () => settle(lms, { rehearsal: false, file: "stacks/lms.ts" });
  expect(settling).toThrow(BadInput);
  expect(settling).toThrow(
    "stacks/lms.ts: calendar.windows.0.date is still open, expected the Saturday",
  );
});

describe("S1-13: the contingency window, a week later", () => {
  const later = at("2026-01-17T22:00:00Z");
  test("is closed while the first one is not on record as failed", () =>
    expect(says(stepTo("canary", later, {}, early))).toBe(
      'refused: Contingency window opens only once Primary window has failed; no window opens within a year; if nobody used it, sign: cutover approve lms --stack rehearsal --window-unused "Primary window" --because REASON --as releaseManager.',
    ));
  test("opens when the ledger shows that the first one was used and nothing was finished", () => {
    const rolledBack = { since: "2026-01-10T23:50:00Z" };
    expect(outcome(changeWindow, stepTo("canary", later, {}, rolledBack))).toBe("passed");
    expect(outcome(changeWindow, stepTo("canary", later - 1_000, {}, rolledBack))).toBe("refused");
  });
  test("opens when traffic went back after the first one had closed", () => {
    const rolledBack = {
      since: "2026-01-11T03:00:00Z",
      place: { sequence: 4, follows: "", sinceCommit: "" },
    };
    expect(outcome(changeWindow, stepTo("canary", later, {}, rolledBack))).toBe("passed");
  });
  test("stays closed for a cutover that only began after the first one", () => {
    const begun = { ...early, since: "2026-01-14T12:00:00Z" };
    expect(outcome(changeWindow, stepTo("canary", later, {}, begun))).toBe("refused");
  });
  describe("opens when it is signed that nobody used the first one", () => {
    const closed = at("2026-01-11T02:00:00Z");
    const stepBy = (
      changes: Partial<StatementOf<"window-unused">> = {},
      definition: SettledSystem = system,
    ) => {
      const of = move("baseline", "canary", early);
      const statement = signedBy("the manager", {
        ...{ statement: "window-unused", version: 1, system: "lms", stack: of.stack },
        definition: digest(definition),
        role: "releaseManager",
        at: new Date(closed).toISOString(),
        until: "2026-02-01T00:00:00.000Z",
        window: "Primary window",
        closedAt: new Date(closed).toISOString(),
        reason: "the backup was late",
        ...changes,
      });
      const evidence = { signed: [statement], rejected: [] };
      return { ...night(of, { now: later, evidence }), definition };
    };
    test("after its end, by who may call the cutover off", () => {
      expect(changeWindow.judge(stepBy())).toMatchObject({
        outcome: "passed",
        reliedOn: [{ file: "evidence/lms/window-unused-releaseManager.json" }],
      });
    });
    test.for([
      ["a word given before its end", { at: "2026-01-11T01:59:59.000Z" }],
      ["by another role", { role: "dba" }],
      ["about another window", { window: "Contingency window" }],
      ["about another day", { closedAt: "2026-01-04T02:00:00.000Z" }],
      ["no longer in force", { until: "2026-01-17T22:00:00.000Z" }],
      ["about another definition", { definition: "0".repeat(64) }],
    ] as const)("not by %s", ([, changes]) =>
      expect(outcome(changeWindow, stepBy(changes))).toBe("refused"),
    );
    test("by everybody, where the plan's authority is all of them", () => {
      const authority = {
        by: ["releaseManager", "dba"],
        quorum: "all",
        alarmSuffices: true,
      } as const;
      const definition = { ...system, rollback: { ...system.rollback, authority } };
      const one = stepBy({}, definition);
      expect(outcome(changeWindow, one)).toBe("refused");
      const other = stepBy({ role: "dba" }, definition);
      const both = [one, other].flatMap(({ facts: { evidence } }, index) =>
        evidence?.known === true
          ? evidence.value.signed.map((each) => ({ ...each, person: `person ${index}` }))
          : [],
      );
      const evidence = { signed: both, rejected: [] };
      const judged = { ...night(one.move, { now: later, evidence }), definition };
      expect(outcome(changeWindow, judged)).toBe("passed");
    });
  });
  test("says so when it is all that is left", () =>
    expect(says(stepTo("canary", at("2026-01-12T12:00:00Z"), {}, early))).toBe(
      "refused: outside every window; no window opens within a year: Contingency window opens only once Primary window has failed.",
    ));
});

describe("S1-19: no forward move that cannot finish in the window", () => {
  test.for([
    ["canary", "2026-01-11T00:15:00Z"],
    ["half", "2026-01-11T00:35:00Z"],
    ["full", "2026-01-11T01:00:00Z"],
  ] as const)("%s at %s at the latest", ([to, latest]) => {
    expect(outcome(changeWindow, stepTo(to, at(latest)))).toBe("passed");
    expect(outcome(changeWindow, stepTo(to, at(latest) + 1_000))).toBe("refused");
  });
  test("the refusal says how much is missing, and when there is enough", () => {
    const late = stepTo("canary", at("2026-01-11T00:56:00Z"));
    expect(says(late)).toBe(
      "refused: the window closes at 02:00:00 UTC, in 1 h 4 min, and from canary on the night needs 1 h 45 min: 41 min are missing; next possible at 2026-01-17 22:00:00 UTC (in 6 d 21 h 4 min).",
    );
    expect(changeWindow.judge(late)).toMatchObject({ nextPossibleAt: at("2026-01-17T22:00:00Z") });
  });
});

describe("closed days", () => {
  const recurring = {
    windows: [{ title: "Night", weekdays: ["Saturday"], opens: "22:00", lasts: hours(4) }],
  } satisfies Partial<Settled<Calendar>>;
  test("S1-18: a window that touches a closed day after midnight is closed, from its first minute", () => {
    const holidays = { ...publicHolidays, places: { US: { "2026-05-24": "Sunday's feast" } } };
    const judged = stepTo("canary", at("2026-05-23T22:00:00Z"), recurring);
    const facts = { ...judged.facts, publicHolidays: { known: true, value: holidays } as const };
    expect(messageOf(changeWindow.judge({ ...judged, facts }))).toBe(
      "refused: Night touches reduced support (Sunday's feast, public holiday in US); next possible at 2026-06-06 22:00:00 UTC (in 14 d).",
    );
  });
  test("S1-17: an event inside the window refuses", () => {
    const events = [
      { title: "Open enrolment", from: "2026-01-11T00:30:00Z", to: "2026-01-11T01:00:00Z" },
    ];
    const blackouts = [{ kind: "events" as const, events, reason: "critical business operations" }];
    expect(says(stepTo("canary", at("2026-01-10T22:00:00Z"), { blackouts }))).toMatch(
      /^refused: Primary window touches critical business operations \(Open enrolment\); next possible at 2026-01-17/,
    );
  });
  test("S1-16: whoever cannot know the holidays refuses", () =>
    expect(
      says(
        without(stepTo("canary", at("2026-01-10T22:00:00Z")), "publicHolidays") as ReturnType<
          typeof stepTo
        >,
      ),
    ).toBe("refused: nobody knows the public holidays: the source is silent."));
});

describe("what the calendar does not bind", () => {
  const closed = at("2026-01-14T12:00:00Z");
  test("S1-20: a rollback, at any time", () => {
    for (const instant of [
      "2026-01-11T03:00:00Z",
      "2026-01-01T12:00:00Z",
      "2026-03-31T12:00:00Z",
    ]) {
      expect(outcome(changeWindow, night(move("full", "baseline"), { now: at(instant) }))).toBe(
        "not-applicable",
      );
    }
  });
  test("the first entry into the ladder, which moves no traffic", () =>
    expect(outcome(changeWindow, night(move("(none)", "baseline"), { now: closed }))).toBe(
      "not-applicable",
    ));
  test("an update that only the ledger has not heard of: its traffic has moved", () => {
    const moved = { now: closed, liveWeights: { blue: 50, green: 50 } };
    expect(outcome(changeWindow, night(move("canary", "half"), moved))).toBe("not-applicable");
    const other = { now: closed, liveWeights: { blue: 70, green: 30 } };
    expect(outcome(changeWindow, night(move("canary", "half"), other))).toBe("refused");
  });
  test("between stages of the same weights nothing counts as moved", () => {
    const judged = stepTo("half", closed);
    const ladder = system.ladder.map((stage) =>
      stage.name === "half" ? { ...stage, set: { trafficWeight: 10 } } : stage,
    );
    const definition = { ...judged.definition, ladder };
    expect(outcome(changeWindow, { ...judged, definition })).toBe("refused");
  });
  test("a stage that the plan enters at any time", () => {
    const judged = stepTo("half", closed);
    const ladder = system.ladder.map((stage) =>
      stage.name === "half" ? { ...stage, anyTime: "it moves nothing" } : stage,
    );
    expect(changeWindow.judge({ ...judged, definition: { ...judged.definition, ladder } })).toEqual(
      {
        outcome: "not-applicable",
        why: "it moves nothing",
      },
    );
  });
  test("the way forward from a stage without a way back", () => {
    const judged = stepTo("full", closed);
    const ladder = system.ladder.map((stage) =>
      stage.name === "half"
        ? { ...stage, rollback: { refused: "too late", wayForward: "go on" } }
        : stage,
    );
    expect(outcome(changeWindow, { ...judged, definition: { ...judged.definition, ladder } })).toBe(
      "not-applicable",
    );
  });
});

test.for(["now", "publicHolidays", "liveWeights", "evidence"] as const)(
  "refuses when nobody knows %s",
  (fact) =>
    expect(outcome(changeWindow, without(stepTo("half", entered + minutes(30)), fact))).toBe(
      "refused",
    ),
);

test("the rule and the view of the calendar agree at every moment, and so does the time it names", () =>
  fc.assert(
    fc.property(
      anyKnownCalendar.chain(({ known, first, last }) =>
        fc.record({
          calendar: fc.constant(known.calendar),
          holidays: fc.constant(known.holidays),
          now: fc.integer({ min: first, max: last }),
          left: fc.constantFrom(undefined, span(90)),
        }),
      ),
      ({ calendar, holidays, now, left }) => {
        const judgedAt = (instant: number) => {
          const judged = stepTo("half", instant, calendar, { since: "" });
          const ladder = system.ladder.map(({ timeLeft: _, ...stage }) =>
            left === undefined ? stage : { ...stage, timeLeft: left },
          );
          const facts = {
            ...judged.facts,
            publicHolidays: { known: true, value: holidays } as const,
          };
          return changeWindow.judge({
            ...judged,
            facts,
            definition: { ...judged.definition, ladder },
          });
        };
        const verdict = judgedAt(now);
        const known = { calendar, holidays, failed: [] };
        const until = now + (left?.milliseconds ?? 1);
        const { closed } = calendarView(known, { from: now, to: until });
        expect(verdict.outcome).toBe(closed.length === 0 ? "passed" : "refused");
        if (verdict.outcome !== "refused" || verdict.nextPossibleAt === undefined) return;
        expect(judgedAt(verdict.nextPossibleAt).outcome).toBe("passed");
        expect(judgedAt(verdict.nextPossibleAt - 1_000).outcome).toBe("refused");
        expect(judgedAt(verdict.nextPossibleAt - 1)).toMatchObject({
          outcome: "refused",
          nextPossibleAt: verdict.nextPossibleAt,
        });
      },
    ),
    { numRuns: 200 },
  ));
