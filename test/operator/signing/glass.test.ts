import { expect, test } from "vitest";
import { append, nothingYet, type LedgerEntry } from "../../../definition/ledger.ts";
import { settle } from "../../../definition/tbd.ts";
import { needsBehindGlass, wayBackToReview } from "../../../operator/signing/glass.ts";
import { completed } from "../../../operator/signing/statement-parts.ts";
import { rawdog } from "../../../stacks/rawdog.ts";

const where = "cutover approve";
const record = {
  ...{ system: "rawdog", at: "2026-06-23T06:00:00.000Z", definition: "d", commit: "" },
};
const brokenGlass = { person: "Jo", reason: "nobody answers", file: "evidence/rawdog/b.json" };
const history: readonly LedgerEntry[] = append(
  append([], { ...record, from: nothingYet, to: "retained" }),
  { ...record, from: "retained", to: "full", brokenGlass, evidence: {}, verdicts: {} },
);
const reviewed = (sequence: number, person: string) =>
  wayBackToReview(where, rawdog, history, { sequence, person });

test("who breaks the glass states all that the plan wants to hold", () =>
  expect(needsBehindGlass(where, rawdog, { from: "retained", to: "full" })).toEqual([
    "Data reconciled by hand",
    "The loss that remains is accepted by signature",
  ]));

test("the statement names the move and what holds; the review names the entry", () => {
  const system = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
  const said = {
    version: 1,
    ...{ system: "rawdog", stack: "prod", definition: "d", by: "jo", role: "onCall" },
    ...{ at: record.at, until: record.at },
  } as const;
  const move = { from: "retained", to: "full", sequence: 2, follows: "a" };
  const entry = { sequence: 2, hash: "b" };
  const made = (kind: Parameters<typeof completed>[2]["kind"]) =>
    completed(where, system, { ...{ kind, said, move, entry }, staging: undefined });
  expect(made({ statement: "break-glass", reason: "nobody answers" })).toEqual({
    ...{ statement: "break-glass", ...said, move, reason: "nobody answers" },
    statesThatThisHolds: needsBehindGlass(where, rawdog, move),
  });
  expect(made({ statement: "glass-review", sequence: 2 })).toEqual({
    ...{ statement: "glass-review", ...said, entry },
  });
});

test.for([
  ["half", "ttl-lowered"],
  ["full", "retained"],
] as const)("%s → %s: there is no glass to break", ([from, to]) =>
  expect(() => needsBehindGlass(where, rawdog, { from, to })).toThrow("which waits for no order"),
);

test("another reviews the entry, by its number and hash", () =>
  expect(reviewed(2, "Mo")).toMatchObject({ sequence: 2, hash: history[1]?.hash }));

test("not who broke the glass, and nothing that is not to be reviewed", () => {
  expect(() => reviewed(2, "Jo")).toThrow("somebody other than Jo, who broke the glass");
  expect(() => reviewed(1, "Mo")).toThrow("--review-break-glass is 1, expected 2");
  expect(() => wayBackToReview(where, rawdog, [], { sequence: 1, person: "Mo" })).toThrow(
    "nothing: no way back is to be reviewed",
  );
});
