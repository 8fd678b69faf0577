import { describe, expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { days, hours, type Duration } from "../../../definition/units.ts";
import { notice } from "../../../policies/rules/notice.ts";
import { messageOf, minutes, move, night, outcome, system, without } from "../lms-night.ts";
import { signedBy } from "../signed-evidence.ts";

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
  }: {
    readonly definition?: SettledSystem;
    readonly signed?: number;
    readonly about?: SettledSystem;
    readonly role?: string;
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
    const communications = system.communications.map((each) => ({
      ...each,
      sender: "projectManager",
      atLeastBefore: hours(48),
    }));
    const definition = promising(hours(48), { communications });
    expect(outcome(notice, announced(late, { definition }))).toBe("passed");
    expect(outcome(notice, announced(late, { definition, role: "devOps" }))).toBe("refused");
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
