import { describe, expect, test } from "vitest";
import { hours, minutes as duration } from "../../../definition/units.ts";
import { checklistsDone } from "../../../policies/rules/checklists-done.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
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

const first = move("baseline", "canary");
const now = entered + minutes(30);
const listNamed = (name: string, before: number): readonly Unsigned[] =>
  askedFor(system, first, now - before)
    .filter((each) => each.statement === "checklist" && each.checklist === name)
    // Their own end must not be what decides here.
    .map((each) => ({ ...each, until: "9999-12-31T00:00:00Z" }));
const judged = (dayBefore: readonly Unsigned[], hourBefore: readonly Unsigned[]) =>
  checklistsDone.judge(night(first, { now, evidence: evidenceOf([...dayBefore, ...hourBefore]) }));

const day = listNamed("a-day-before", hours(2).milliseconds);
const hour = listNamed("an-hour-before", minutes(5));

describe("S1-44: ten items signed at most an hour before the first traffic", () => {
  test.for([
    [59, "passed"],
    [61, "refused"],
  ] as const)("%i minutes old: %s", ([age, expected]) =>
    expect(judged(day, listNamed("an-hour-before", minutes(age))).outcome).toBe(expected),
  );
  test("at the very end of its hour it no longer counts", () => {
    expect(judged(day, listNamed("an-hour-before", minutes(60) - 1)).outcome).toBe("passed");
    expect(judged(day, listNamed("an-hour-before", minutes(60))).outcome).toBe("refused");
  });
});

describe("S1-27: seven items signed at most a day before", () => {
  test.for([
    [hours(24).milliseconds - 1, "passed"],
    [hours(24).milliseconds, "refused"],
  ] as const)("%i milliseconds old: %s", ([age, expected]) =>
    expect(judged(listNamed("a-day-before", age), hour).outcome).toBe(expected),
  );
});

test("S1-37: an item that its owner has not signed is named, with the command", () =>
  expect(
    messageOf(
      judged(
        day,
        hour.map((each) =>
          each.statement === "checklist" && each.role === "dba"
            ? { ...each, done: ["Production database answers"] }
            : each,
        ),
      ),
    ),
  ).toBe(
    "refused: T-1 hour: 9 of 10 done within 1 h before the move; open: Backup verified (Database Administrator); sign: cutover approve lms --stack rehearsal --checklist an-hour-before --as dba.",
  ));

test("S1-99: an item that another role has signed is still open", () => {
  const all = hour.flatMap((each) => (each.statement === "checklist" ? each.done : []));
  const [word] = hour;
  if (word?.statement !== "checklist") throw new Error("no checklist");
  expect(judged(day, [{ ...word, done: all }]).outcome).toBe("refused");
});

test("nothing signed: the list says how many are open", () =>
  expect(messageOf(judged([], []))).toContain(
    "T-24 hours: 0 of 7 done within 1 d before the move; open: Go decision obtained (Release Manager), ",
  ));

test("a list without an age is done at the stage that it lets go", () => {
  const plan = {
    ...rawdog,
    checklists: rawdog.checklists.map(({ notOlderThan: _, ...list }) => list),
  };
  const lowered = planNight(plan, ["ttl-lowered", "canary"], duration(30).milliseconds);
  const signedAt = (after: number) =>
    checklistsDone.judge(
      withFacts(lowered, {
        evidence: evidenceOf(
          askedFor(lowered.definition, lowered.move, Date.parse(lowered.move.since) + after),
        ),
      }),
    ).outcome;
  expect(signedAt(0)).toBe("passed");
  expect(signedAt(-1)).toBe("refused");
});

test.for(["now", "evidence"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(checklistsDone, without(night(first), fact))).toBe("refused"),
);

test("where the stage has no list, none is missed; a rollback never waits for one", () => {
  expect(outcome(checklistsDone, night(move("canary", "half")))).toBe("not-applicable");
  expect(outcome(checklistsDone, night(move("half", "baseline")))).toBe("not-applicable");
});
