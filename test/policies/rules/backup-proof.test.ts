import { describe, expect, test } from "vitest";
import { nothingYet } from "../../../definition/ledger.ts";
import { hours, minutes as duration } from "../../../definition/units.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import { backupProof } from "../../../policies/rules/backup-proof.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import {
  entered,
  messageOf,
  minutes,
  move,
  night,
  outcome,
  system,
  without,
} from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { askedFor, evidenceOf } from "../signed-evidence.ts";

const begin = move(nothingYet, "baseline");
const first = move("baseline", "canary");
type Backup = Omit<StatementOf<"backup">, "by">;

/** A backup of the LMS that was complete so long before an instant, and signed for at it. */
const taken = (before: number, at: number, changes: Partial<Backup> = {}): Backup => {
  const [asked] = askedFor(system, begin, at);
  if (asked?.statement !== "backup") throw new Error("the plan asks for no backup");
  const takenAt = new Date(at - before).toISOString();
  return { ...asked, takenAt, restoredAt: takenAt, ...changes };
};
const judged = (of: typeof begin, proofs: readonly Backup[], now = entered) =>
  backupProof.judge(night(of, { now, evidence: evidenceOf(proofs) }));

describe("S1-47: at most four hours old when the work on the data begins", () => {
  test.for([
    [hours(4).milliseconds - minutes(1), "passed"],
    [hours(4).milliseconds, "passed"],
    [hours(4).milliseconds + 1, "refused"],
    [hours(4).milliseconds + minutes(1), "refused"],
  ] as const)("%i milliseconds old: %s", ([age, expected]) =>
    expect(judged(begin, [taken(age, entered)]).outcome).toBe(expected),
  );
});

describe("S1-52: no migration without it, and no traffic either", () => {
  test("the first move waits for it", () =>
    expect(messageOf(judged(begin, []))).toBe(
      "refused: Database Administrator has not signed for a backup of lms_production; sign: cutover approve lms --stack rehearsal --backup lms_production --as dba.",
    ));
  test("every later move needs it still, however old it is by then", () => {
    expect(judged(first, [taken(hours(5).milliseconds, entered - 1)]).outcome).toBe("passed");
    expect(judged(first, []).outcome).toBe("refused");
    expect(judged(move("half", "full"), []).outcome).toBe("refused");
  });
  test("one that was made after the migration could not take the data back", () => {
    const late = taken(minutes(5), entered + minutes(20));
    expect(messageOf(judged(first, [late], entered + minutes(30)))).toContain(
      "after baseline began",
    );
  });
});

describe("S1-50: its size is plausible against the one before", () => {
  test.for([
    [79, "refused"],
    [80, "passed"],
    [100, "passed"],
    [150, "passed"],
    [151, "refused"],
    [50, "refused"],
    [0, "refused"],
  ] as const)("%i percent of it: %s", ([share, expected]) =>
    expect(
      judged(begin, [taken(0, entered, { bytes: share * 1_000, previousBytes: 100_000 })]).outcome,
    ).toBe(expected),
  );
  test("without the size of the one before nothing is plausible", () => {
    const { previousBytes: _, ...unmeasured } = taken(0, entered);
    expect(judged(begin, [unmeasured]).outcome).toBe("refused");
    expect(judged(begin, [{ ...unmeasured, previousBytes: 0 }]).outcome).toBe("refused");
  });
});

test("S1-51: one that was not read back, or only after it was signed for, does not count", () => {
  const readAt = (of: number) =>
    judged(begin, [taken(minutes(10), entered, { restoredAt: new Date(of).toISOString() })])
      .outcome;
  expect(readAt(entered)).toBe("passed");
  expect(readAt(entered + 1)).toBe("refused");
  expect(readAt(entered - minutes(11))).toBe("refused");
});

test("S1-49: a backup of something else, or signed for by somebody else, does not count", () => {
  expect(judged(begin, [taken(0, entered, { of: "lms_staging" })]).outcome).toBe("refused");
  expect(judged(begin, [taken(0, entered, { role: "devOps" })]).outcome).toBe("refused");
});

test("a good one among others is enough", () =>
  expect(
    judged(begin, [
      taken(hours(9).milliseconds, entered - 2),
      taken(0, entered),
      taken(0, entered, { bytes: 1 }),
    ]).outcome,
  ).toBe("passed"));

describe("S0-76: a snapshot of the frozen data, made in that stage", () => {
  const snapshots = intelliflow.backups.filter(({ madeIn }) => madeIn !== undefined);
  const plan = { ...intelliflow, backups: snapshots };
  const at = plan.ladder.findIndex(({ name }) => name === snapshots[0]?.madeIn);
  const names = plan.ladder.map(({ name }) => name);
  const leaving = planNight(
    plan,
    [names[at] ?? "", names[at + 1] ?? ""],
    duration(40).milliseconds,
  );
  const of = (changes: Partial<Backup>) =>
    backupProof.judge(
      withFacts(leaving, {
        evidence: evidenceOf(
          leaving.asked.map((each) =>
            each.statement === "backup" ? { ...each, ...changes } : each,
          ),
        ),
      }),
    ).outcome;
  test("800 MB pass, a byte less is refused", () => {
    expect(of({ bytes: 800_000_000, previousBytes: 800_000_000 })).toBe("passed");
    expect(of({ bytes: 799_999_999, previousBytes: 800_000_000 })).toBe("refused");
  });
  test("one from before the freeze is refused", () => {
    const takenAt = new Date(Date.parse(leaving.move.since) - 1).toISOString();
    expect(of({ takenAt })).toBe("refused");
    expect(of({ takenAt: leaving.move.since })).toBe("passed");
  });
  test("before that stage nobody asks for it", () => {
    const earlier = planNight(plan, ["prepared", "preflight"], 0);
    expect(backupProof.judge(withFacts(earlier, {})).outcome).toBe("not-applicable");
  });
});

test.for(["now", "evidence"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(backupProof, without(night(first), fact))).toBe("refused"),
);

test("S1-3: never holds up a rollback", () =>
  expect(outcome(backupProof, night(move("full", "baseline")))).toBe("not-applicable"));
