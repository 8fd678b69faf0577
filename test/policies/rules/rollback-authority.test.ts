import { describe, expect, test } from "vitest";
import { rollbackAuthority } from "../../../policies/rules/rollback-authority.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { nxop } from "../../definition/plans/nxop.ts";
import { allRules } from "../../../policies/all-rules.ts";
import { known } from "../../../policies/facts/reading.ts";
import { entered, goodFacts, messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";
import { signedBy } from "../signed-evidence.ts";
import { digest } from "../../../definition/ledger.ts";
import type { Judged } from "../../../policies/rules/rule.ts";

const back = night(move("half", "baseline"));
const order = ({ move: of, definition }: Judged, role: string): Unsigned => ({
  statement: "rollback",
  version: 1,
  system: of.system,
  stack: of.stack,
  definition: digest(definition),
  role,
  at: new Date(entered).toISOString(),
  until: new Date(entered + 1).toISOString(),
  move: {
    from: of.from,
    to: of.to,
    sequence: of.place?.sequence ?? 1,
    follows: of.place?.follows ?? "",
  },
});
const judged = (...signed: readonly ReturnType<typeof signedBy>[]) =>
  rollbackAuthority.judge(night(back.move, { evidence: { signed, rejected: [] } }));

describe("S1-106: the Release Manager orders the way back, or an alarm does", () => {
  test("no rollback waits for it: it is in no pack", () =>
    expect(allRules).not.toContain(rollbackAuthority));
  test.for([
    ["error-rate", "Alert", "passed"],
    ["error-rate", "Warn", "refused"],
    ["p95-latency", "Alert", "refused"],
  ] as const)("without a signature, alarm on %s at %s: %s", ([name, state, expected]) => {
    const { alarmStates } = goodFacts(back.move);
    const firing = { ...alarmStates, [name]: known(state) };
    const evidence = { signed: [], rejected: [] };
    expect(outcome(rollbackAuthority, night(back.move, { evidence, alarmStates: firing }))).toBe(
      expected,
    );
  });
  test("signed: passed, naming who ordered it", () =>
    expect(judged(signedBy("the manager", order(back, "releaseManager")))).toEqual({
      outcome: "passed",
      found: "ordered by the manager",
    }));
  test("not signed: told how", () =>
    expect(messageOf(judged())).toBe(
      "refused: half → baseline has no signed order by Release Manager; sign: cutover approve lms --stack rehearsal --rollback --to baseline --as releaseManager.",
    ));
  test("a broken glass is no order; it is named, however long ago it was broken", () => {
    const { statement: _, ...head } = order(back, "devOps") as StatementOf<"rollback">;
    const broken = { statement: "break-glass", ...head, reason: "nobody answers" } as const;
    const statesThatThisHolds = ["what it needs"];
    expect(messageOf(judged(signedBy("ops", { ...broken, statesThatThisHolds })))).toContain(
      "has no signed order by Release Manager, but broken glass by ops: nobody answers; sign: ",
    );
  });
  test("signed by another role, or for another move: not counted", () => {
    expect(judged(signedBy("ops", order(back, "devOps"))).outcome).toBe("refused");
    const other = night(move("full", "baseline"));
    expect(judged(signedBy("the manager", order(other, "releaseManager"))).outcome).toBe("refused");
  });
});

test("S0-212: where both leads must order it, one is not enough and one person is not two", () => {
  const names = intelliflow.ladder.map(({ name }) => name);
  const stage = intelliflow.ladder
    .slice(1)
    .find(({ authority = intelliflow.rollback.authority }) => authority.quorum === "all");
  const from = stage?.name ?? "";
  const to = names[names.indexOf(from) - 1] ?? "";
  const way = planNight(intelliflow, [from, to], 0);
  expect(way.move.kind).toBe("back");
  const { by } = stage?.authority ?? intelliflow.rollback.authority;
  const ordered = (people: readonly string[]) =>
    rollbackAuthority.judge(
      withFacts(way, {
        evidence: {
          signed: people.map((person, index) => signedBy(person, order(way, by[index] ?? ""))),
          rejected: [],
        },
        alarmStates: {},
      }),
    ).outcome;
  expect(by).toHaveLength(2);
  expect(ordered(["one"])).toBe("refused");
  expect(ordered(["one", "one"])).toBe("refused");
  expect(ordered(["one", "other"])).toBe("passed");
});

test("S2-191: the Incident Commander alone is enough", () => {
  const way = planNight(nxop, ["core-west", "east"], 0);
  const signed = [signedBy("the commander", order(way, "incidentCommander"))];
  expect(
    rollbackAuthority.judge(withFacts(way, { evidence: { signed, rejected: [] }, alarmStates: {} }))
      .outcome,
  ).toBe("passed");
});

test.for(["evidence", "alarmStates"] as const)("tells when nobody knows %s", (fact) =>
  expect(outcome(rollbackAuthority, without(back, fact))).toBe("refused"),
);

test("has nothing to say about a step up", () =>
  expect(outcome(rollbackAuthority, night(move("canary", "half")))).toBe("not-applicable"));
