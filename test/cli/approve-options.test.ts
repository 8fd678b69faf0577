import { join } from "node:path";
import { expect, test } from "vitest";
import { approvedKind, validHoursOf, type ApproveOptions } from "../../cli/approve-options.ts";
import type { StatementKind } from "../../policies/evidence/statement.ts";
import { lms } from "../../stacks/lms.ts";
import { supabase } from "../../stacks/supabase.ts";

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
  "break-glass": { breakGlass: true, because: "nobody answers" },
  "glass-review": { reviewBreakGlass: "4" },
};

// What `cutover rehearse` printed is tried with the whole command: its file is of one definition.
test.for(Object.entries(words))("%s: `cutover approve` makes it", async ([kind, options]) => {
  const made = await approvedKind("cutover approve", lms, options, "d".repeat(64));
  expect(made.statement).toBe(kind);
  const aboutOneMove = ["approval", "checkpoint", "rollback"].includes(kind);
  const counts = kind === "break-glass" ? 1 : aboutOneMove ? 24 : 720;
  expect(validHoursOf("cutover approve", options, made)).toBe(counts);
});

test.for([
  ["no reason", { because: " " }, "--because is not set"],
  ["a reason that nobody reads to its end", { because: "a".repeat(301) }, "at most 300"],
  ["more than an hour", { because: "it burns", validFor: "2" }, "--valid-for"],
] as const)("a glass is not broken with %s", async ([, options, says]) => {
  const all = { breakGlass: true, ...options } as const;
  await expect(
    approvedKind("cutover approve", lms, all, "d".repeat(64)).then((made) =>
      validHoursOf("cutover approve", all, made),
    ),
  ).rejects.toThrow(says);
});

test("a reason is one line, however it was written", async () =>
  expect(
    await approvedKind("cutover approve", lms, { breakGlass: true, because: "it\n burns " }, ""),
  ).toEqual({ statement: "break-glass", reason: "it burns" }));

test("S3-36: a notice says which of the plan's messages it was, and only one that is promised", async () => {
  const notice = { notice: "2026-01-16T08:00:00Z" };
  const made = (message: string) =>
    approvedKind("cutover approve", supabase, { ...notice, message }, "d".repeat(64));
  expect(await made("Reminder")).toEqual({
    statement: "notice",
    sentAt: "2026-01-16T08:00:00.000Z",
    message: "Reminder",
  });
  await expect(made("Progress")).rejects.toThrow("expected Notice, Reminder, Final notice");
});
