import { expect, test } from "vitest";
import { digest } from "../../../definition/ledger.ts";
import { unknown } from "../../../policies/facts/reading.ts";
import type { Move } from "../../../policies/move.ts";
import { wayBackNeeds } from "../../../policies/rules/way-back-needs.ts";
import type { Unsigned } from "../../../rehearsal/people/rehearsal-people.ts";
import { entered, messageOf, move, night, system } from "../lms-night.ts";
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
    "refused: the way back from full needs: Data reconciled by hand; Loss accepted. Nobody has signed for it; sign: cutover approve lms --stack rehearsal --rollback --to baseline --as releaseManager.",
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

test("evidence that cannot be read is no order", () => {
  const { facts, ...rest } = night(back);
  const verdict = wayBackNeeds.judge({
    ...rest,
    definition,
    facts: { ...facts, evidence: unknown("no such folder") },
  });
  expect(messageOf(verdict)).toMatch(/nobody knows .*no such folder/);
});

test("a way back that leaves no such stage waits for nobody's signature, and no other move is bound", () => {
  expect(judged(move("half", "baseline")).outcome).toBe("not-applicable");
  expect(judged(move("canary", "half")).outcome).toBe("not-applicable");
});
