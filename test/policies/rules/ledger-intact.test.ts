import { expect, test } from "vitest";
import { ledgerIntact } from "../../../policies/rules/ledger-intact.ts";
import { messageOf, move, night, outcome } from "../lms-night.ts";

const damage = "entry 2 was changed after it was made";

test("a whole ledger lets the move go on", () =>
  expect(outcome(ledgerIntact, night(move("canary", "half")))).toBe("passed"));

test("a damaged ledger refuses a step up, and says what is wrong with it", () =>
  expect(messageOf(ledgerIntact.judge(night(move("canary", "half", { damage }))))).toBe(
    `refused: the ledger is damaged: ${damage}.`,
  ));

test("a damaged ledger holds up no rollback and no first move", () => {
  for (const [from, to] of [
    ["half", "baseline"],
    ["(none)", "baseline"],
  ] as const) {
    expect(outcome(ledgerIntact, night(move(from, to, { damage })))).toBe("not-applicable");
  }
});
