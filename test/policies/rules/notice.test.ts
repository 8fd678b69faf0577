import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, nothingYet } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { days, hours, type Duration } from "../../../definition/units.ts";
import { notice } from "../../../policies/rules/notice.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { messageOf, minutes, move, night, outcome, system, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { askedFor, evidenceOf, signedBy } from "../signed-evidence.ts";

const sentAt = Date.parse("2026-01-08T22:00:00Z");

const promising = (promised: Duration, changes: Partial<SettledSystem> = {}): SettledSystem => ({
  ...system,
  ...changes,
  calendar: { ...system.calendar, notice: promised },
});

/** A step up at `now`, with the word that the date was announced. */
const announced = (
  now: number,
  {
    definition = promising(hours(48)),
    signed = sentAt + minutes(5),
    about,
    role = "projectManager",
    message,
  }: {
    readonly definition?: SettledSystem;
    readonly signed?: number;
    readonly about?: SettledSystem;
    readonly role?: string;
    readonly message?: string;
  } = {},
) => {
  const of = move("baseline", "canary");
  const statement = signedBy("the sender", {
    statement: "notice",
    version: 1,
    system: "lms",
    stack: of.stack,
    definition: digest(about ?? definition),
    role,
    at: new Date(signed).toISOString(),
    until: "2026-02-01T00:00:00.000Z",
    sentAt: new Date(sentAt).toISOString(),
    ...(message !== undefined && { message }),
  });
  return { ...night(of, { now, evidence: { signed: [statement], rejected: [] } }), definition };
};

describe("S0-2: 48 hours' notice", () => {
  const possible = sentAt + hours(48).milliseconds;
  test("47:59 are too few, and the refusal names the moment", () => {
    const early = announced(possible - minutes(1));
    expect(messageOf(notice.judge(early))).toBe(
      "refused: announced at 2026-01-08 22:00:00 UTC, and the plan promises 2 d of notice; next possible at 22:00:00 UTC (in 1 min).",
    );
    expect(notice.judge(early)).toMatchObject({ nextPossibleAt: possible });
  });
  test("48:00 will do, a second less will not", () => {
    expect(outcome(notice, announced(possible))).toBe("passed");
    expect(outcome(notice, announced(possible - 1_000))).toBe("refused");
  });
});

test("S2-213: a week's notice", () => {
  const definition = promising(days(7));
  expect(outcome(notice, announced(sentAt + days(7).milliseconds, { definition }))).toBe("passed");
  expect(outcome(notice, announced(sentAt + days(7).milliseconds - 1, { definition }))).toBe(
    "refused",
  );
});

describe("what is no notice", () => {
  const late = sentAt + days(3).milliseconds;
  test("nobody's word", () =>
    expect(
      messageOf(
        notice.judge({
          ...night(move("baseline", "canary"), {
            now: late,
            evidence: { signed: [], rejected: [] },
          }),
          definition: promising(hours(48)),
        }),
      ),
    ).toBe(
      "refused: nobody has signed when the date was announced; expected 2 d of notice; sign: cutover approve lms --stack rehearsal --notice INSTANT.",
    ));
  test("a word about another date", () =>
    expect(outcome(notice, announced(late, { about: promising(hours(47)) }))).toBe("refused"));
  test("a word about what was yet to come", () =>
    expect(outcome(notice, announced(late, { signed: sentAt - 1 }))).toBe("refused"));
  test("the word of somebody else, where the plan says who sends it", () => {
    const [message] = system.communications;
    if (message === undefined) throw new Error("no message");
    const communications = [{ ...message, sender: "projectManager", atLeastBefore: hours(48) }];
    const definition = promising(hours(48), { communications });
    const said = { definition, message: message.title };
    expect(outcome(notice, announced(late, said))).toBe("passed");
    expect(outcome(notice, announced(late, { ...said, role: "devOps" }))).toBe("refused");
  });
  test("what nobody can read", () =>
    expect(
      outcome(
        notice,
        without({ ...announced(late), definition: promising(hours(48)) }, "evidence"),
      ),
    ).toBe("refused"));
});

test("a plan that promises none asks for none, and a move back never does", () => {
  expect(outcome(notice, night(move("baseline", "canary")))).toBe("not-applicable");
  const back = { ...night(move("half", "baseline")), definition: promising(hours(48)) };
  expect(outcome(notice, back)).toBe("not-applicable");
});

describe("S3-35, S3-36, S3-37: users are told 48, 24 and 2 hours before T-0", () => {
  const t0 = Date.parse("2026-01-17T08:00:00Z");
  const ahead = { Notice: hours(48), Reminder: hours(24), "Final notice": hours(2) };
  const shift = planNight(supabase, ["migrate", "shift-10"], 0);
  /** The first shift at `now`, with each message signed as sent at the time given, by one of the roles. */
  const told = (
    now: number,
    sent: Partial<Record<keyof typeof ahead, number>>,
    role = "releaseOwner",
  ) => {
    const signed = Object.entries(sent).map(([message, at]) =>
      signedBy("the sender", {
        statement: "notice",
        ...{ version: 1, system: "supabase", stack: "prod", role, message },
        definition: digest(shift.definition),
        at: new Date(Math.max(at, t0 - hours(1).milliseconds)).toISOString(),
        until: "2026-02-01T00:00:00.000Z",
        sentAt: new Date(at).toISOString(),
      }),
    );
    return withFacts({ ...shift, now }, { now, evidence: { signed, rejected: [] } });
  };
  const inTime = {
    Notice: t0 - hours(48).milliseconds,
    Reminder: t0 - hours(24).milliseconds,
    "Final notice": t0 - hours(2).milliseconds,
  };
  const later = t0 + hours(4).milliseconds;

  test("each at the very instant will do, whenever the move comes", () => {
    expect(outcome(notice, told(t0, inTime))).toBe("passed");
    expect(outcome(notice, told(later, inTime))).toBe("passed");
  });
  test("a millisecond late is too late for this T-0, however long the move waits", () =>
    expect(messageOf(notice.judge(told(later, { ...inTime, Reminder: inTime.Reminder + 1 })))).toBe(
      'refused: "Reminder" sent at 2026-01-16 08:00:01 UTC, and the plan promises 1 d of notice before T-0, 08:00:00 UTC.',
    ));
  test("one that nobody has signed is named with its sender and the command", () => {
    const { Reminder: _, ...others } = inTime;
    expect(messageOf(notice.judge(told(t0, others)))).toBe(
      'refused: nobody has signed when "Reminder" was sent; expected 1 d of notice; sign: cutover approve supabase --stack prod --notice INSTANT --message "Reminder" --as releaseOwner.',
    );
  });
  test("the word of somebody who does not send it does not count", () =>
    expect(outcome(notice, told(t0, inTime, "teamLead"))).toBe("refused"));
  test("what the people of a rehearsal sign before its first stage will do", () => {
    const first = { ...shift.move, from: nothingYet, to: "prepare" };
    const evidence = evidenceOf(askedFor(shift.definition, first, t0));
    const judged = withFacts({ ...shift, now: later }, { now: later, evidence });
    expect(outcome(notice, judged)).toBe("passed");
  });
  test("a stage that the calendar does not bind, and a move back, ask for none", () => {
    for (const stages of [
      ["verify", "watch"],
      ["shift-50", "migrate"],
    ] as const) {
      expect(outcome(notice, planNight(supabase, stages, 0))).toBe("not-applicable");
    }
  });
  test("it passes exactly when each was sent as long before T-0 as it had to be", () => {
    const hour = hours(1).milliseconds;
    const sent = fc.integer({ min: -72 * hour, max: -hour });
    fc.assert(
      fc.property(
        fc.record({ Notice: sent, Reminder: sent, "Final notice": sent }),
        fc.integer({ min: 0, max: 12 * hour - 1 }),
        (offsets, passed) => {
          const names = Object.keys(ahead) as (keyof typeof ahead)[];
          const times = Object.fromEntries(names.map((name) => [name, t0 + offsets[name]]));
          const good = names.every((name) => -offsets[name] >= ahead[name].milliseconds);
          expect(outcome(notice, told(t0 + passed, times))).toBe(good ? "passed" : "refused");
        },
      ),
    );
  });
});
