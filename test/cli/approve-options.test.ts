import { join } from "node:path";
import { expect, test } from "vitest";
import { approvedKind, validHoursOf, type ApproveOptions } from "../../cli/approve-options.ts";
import type { StatementKind } from "../../policies/evidence/statement.ts";
import { lms } from "../../stacks/lms.ts";

/** The words that make each kind of statement; a kind without any does not compile. */
const words: Readonly<Record<Exclude<StatementKind, "rehearsal">, ApproveOptions>> = {
  approval: {},
  checkpoint: { checkpoint: "checkpoint-1", answers: "yes,yes,no,yes" },
  checklist: { checklist: "an-hour-before" },
  backup: {
    backup: "lms_production",
    file: join(import.meta.dirname, "approve-options.test.ts"),
    taken: "2026-01-10T21:00:00Z",
    restored: "2026-01-10T21:30:00Z",
  },
  notice: { notice: "2026-01-08T22:00:00Z" },
  "window-unused": { windowUnused: "Primary window", because: "the backup was late" },
  staging: { staging: "staging" },
  rollback: { rollback: true },
};

// What `cutover rehearse` printed is tried with the whole command: its file is of one definition.
test.for(Object.entries(words))("%s: `cutover approve` makes it", async ([kind, options]) => {
  const made = await approvedKind("cutover approve", lms, options, "d".repeat(64));
  expect(made.statement).toBe(kind);
  const aboutOneMove = ["approval", "checkpoint", "rollback"].includes(kind);
  expect(validHoursOf("cutover approve", options, made)).toBe(aboutOneMove ? 24 : 720);
});
