import { expect, test } from "vitest";
import { ledgerNotes, ledgerText } from "../../cli/ledger-text.ts";
import { append, nothingYet, type LedgerRecord } from "../../definition/ledger.ts";

const record: LedgerRecord = {
  ...{ system: "lms", from: nothingYet, to: "baseline", commit: "" },
  at: "2026-01-10T23:35:00.000Z",
  definition: "d".repeat(64),
};
const account = {
  operator: { name: "jo@company.com", by: "git" },
  plan: "",
  evidence: {},
  verdicts: { ladder: "passed", soak: "not-applicable" },
} as const;
const historyOf = (...records: readonly Partial<LedgerRecord>[]) =>
  records.reduce<ReturnType<typeof append>>(
    (ledger, changes) => append(ledger, { ...record, ...changes }),
    [],
  );

test("an entry shows who ran the update, under which plan, what gates said and what they relied on", () => {
  const evidence = { "evidence/lms/a.json": "ab".repeat(32) };
  const text = ledgerText(historyOf({ ...account, evidence, plan: "cd".repeat(32) })).join("\n");
  expect(text).toContain("jo@company.com (git)  cdcdcdcdcdcd    1 passed");
  expect(text).toContain("#1 relied on evidence/lms/a.json, SHA-256 abababababab…");
});

test("an entry that was made before these were kept says so, and is no reason for a note", () => {
  const history = historyOf({});
  expect(ledgerText(history).join("\n")).toMatch(/1 {2}not kept +not kept +not kept/);
  expect(ledgerNotes(history)).toEqual([]);
});

test("a move for which the glass was broken is noted, with who broke it and why", () => {
  const brokenGlass = { person: "Jo", reason: "nobody answers", file: "evidence/lms/b.json" };
  const history = historyOf(account, { ...account, from: "full", to: "baseline", brokenGlass });
  expect(ledgerNotes(history)).toEqual([
    "entry 2, full → baseline: broken glass by Jo: nobody answers",
  ]);
});

test("a move that nobody judged, and one that a gate refused, are noted", () => {
  const history = historyOf(
    account,
    { ...account, from: "baseline", to: "canary", verdicts: { soak: "refused", ladder: "passed" } },
    { ...account, from: "canary", to: "baseline", verdicts: {} },
  );
  expect(ledgerNotes(history)).toEqual([
    "entry 2, baseline → canary: it happened although these refused: soak",
    "entry 3, canary → baseline: no gate is known to have judged it",
  ]);
  expect(ledgerText(history).join("\n")).toContain("1 passed, 1 REFUSED");
});
