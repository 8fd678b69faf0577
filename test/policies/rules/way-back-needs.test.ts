import { describe, expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import type { Move } from "../../../policies/move.ts";
import { wayBackNeeds } from "../../../policies/rules/way-back-needs.ts";
import type { Signed } from "../../../policies/evidence/evidence.ts";
import type { StatementOf } from "../../../policies/evidence/statement.ts";
import { glassCounts } from "../../../policies/rules/evidence/broken-glass.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { entered, messageOf, minutes, move, night, system, without } from "../lms-night.ts";
import { signedBy } from "../signed-evidence.ts";

/** The LMS, whose way back from its last stage needs something. */
const definition = {
  ...system,
  ladder: system.ladder.map((stage) =>
    stage.name === "full"
      ? {
          ...stage,
          rollback: { ...system.rollback, needs: ["Data reconciled by hand", "Loss accepted"] },
        }
      : stage,
  ),
};
const order = (of: Move, role: string): Unsigned => ({
  ...{ statement: "rollback", version: 1, system: of.system, stack: of.stack },
  definition: digest(definition),
  role,
  at: new Date(entered).toISOString(),
  until: new Date(entered + 1).toISOString(),
  move: {
    ...{ from: of.from, to: of.to },
    ...{ sequence: of.place?.sequence ?? 1, follows: of.place?.follows ?? "" },
  },
});
const judged = (of: Move, ...signed: readonly ReturnType<typeof signedBy>[]) =>
  wayBackNeeds.judge({ ...night(of, { evidence: { signed, rejected: [] } }), definition });
const back = move("full", "baseline");

test("without a signed order the refusal says what the way needs, and how to sign", () =>
  expect(messageOf(judged(back))).toBe(
    'refused: the way back from full needs: Data reconciled by hand; Loss accepted. Nobody has signed for it; sign: cutover approve lms --stack rehearsal --rollback --to baseline --as releaseManager; if nobody of them can be reached, anybody with a role: --break-glass --because "…" --to baseline.',
  ));

test("ordered by whoever may order it: passed, with the signed file that it rests on", () => {
  const signed = signedBy("the manager", order(back, "releaseManager"));
  expect(judged(back, signed)).toEqual({
    outcome: "passed",
    found: "the manager has ordered it: Data reconciled by hand; Loss accepted",
    reliedOn: [{ file: signed.file, sha256: signed.sha256 }],
  });
});

test("an order by another role, or for another move, is none", () => {
  expect(judged(back, signedBy("ops", order(back, "devOps"))).outcome).toBe("refused");
  const other = order(move("half", "baseline"), "releaseManager");
  expect(judged(back, signedBy("the manager", other)).outcome).toBe("refused");
});

test.for(["evidence", "now"] as const)("without %s nobody is known to have ordered it", (fact) => {
  const order = without(night(back), fact);
  expect(messageOf(wayBackNeeds.judge({ ...order, definition }))).toContain("nobody knows");
});

describe("a broken glass stands in for the order", () => {
  type Broken = Omit<StatementOf<"break-glass">, "by">;
  const now = entered + minutes(30);
  const broken = (changes: Partial<Broken> = {}): Broken => ({
    ...{ statement: "break-glass", version: 1, system: "lms", stack: back.stack, role: "devOps" },
    definition: digest(definition),
    at: new Date(now - minutes(10)).toISOString(),
    until: new Date(now + minutes(600)).toISOString(),
    move: { from: "full", to: "baseline", sequence: 3, follows: back.place?.follows ?? "" },
    statesThatThisHolds: ["Data reconciled by hand", "Loss accepted"],
    reason: "nobody answers",
    ...changes,
  });
  const verdictOn = (...signed: readonly Signed[]) =>
    wayBackNeeds.judge({ ...night(back, { now, evidence: { signed, rejected: [] } }), definition });

  test("by anybody with a role of the plan; the verdict says who and why", () => {
    const signed = signedBy("ops", broken());
    expect(verdictOn(signed)).toEqual({
      outcome: "passed",
      found:
        "broken glass by ops: nobody answers (it needs: Data reconciled by hand; Loss accepted)",
      reliedOn: [{ file: signed.file, sha256: signed.sha256 }],
      brokenGlass: { person: "ops", reason: "nobody answers", file: signed.file },
    });
  });
  test("an order goes before it: then no glass is broken", () => {
    const signed = [signedBy("ops", broken()), signedBy("mo", order(back, "releaseManager"))];
    expect(verdictOn(...signed)).not.toHaveProperty("brokenGlass");
  });
  test.for([
    [glassCounts.milliseconds - 1, "passed"],
    [glassCounts.milliseconds, "refused"],
  ] as const)("%i ms after it was signed, whatever it says itself: %s", ([age, expected]) => {
    const at = new Date(now - age).toISOString();
    expect(verdictOn(signedBy("ops", broken({ at }))).outcome).toBe(expected);
  });
  test.for<[string, Partial<Broken>, string]>([
    ["expired by its own word", { until: new Date(now).toISOString() }, "it expired at"],
    ["dated ahead", { at: new Date(now + minutes(2)).toISOString() }, "which is yet to come"],
    [
      "at another place in the ledger",
      { move: { ...broken().move, sequence: 5 } },
      "at another place in the ledger",
    ],
    ["for a move up", { move: { ...broken().move, from: "half", to: "full" } }, "half → full"],
    ["for another definition", { definition: "0".repeat(64) }, "another definition or stack"],
    ["for another stack", { stack: "prod" }, "another definition or stack"],
    ["in a role that the plan does not have", { role: "intern" }, "none of the plan's"],
    [
      "without stating that everything holds",
      { statesThatThisHolds: ["Data reconciled by hand"] },
      "does not state that everything holds",
    ],
  ])("not %s", ([, changes, reason]) =>
    expect(messageOf(verdictOn(signedBy("ops", broken(changes))))).toContain(reason),
  );
  test("not by a key that is out of force", () =>
    expect(messageOf(verdictOn(signedBy("ops", broken(), { keyValidAfter: now + 1 })))).toContain(
      "its key is not valid",
    ));
});

test("a way back that leaves no such stage waits for nobody's signature, and no other move is bound", () => {
  expect(judged(move("half", "baseline")).outcome).toBe("not-applicable");
  expect(judged(move("canary", "half")).outcome).toBe("not-applicable");
});
