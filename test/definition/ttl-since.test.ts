import { expect, test } from "vitest";
import { append, nothingYet, type LedgerEntry } from "../../definition/ledger.ts";
import { deriveTransition } from "../../definition/transition.ts";
import { ttlSince } from "../../definition/ttl-since.ts";
import { rawdog } from "../../stacks/rawdog.ts";

/** A history that went through these stages, an hour apart. */
const through = (...stages: readonly string[]): readonly LedgerEntry[] =>
  stages.reduce<readonly LedgerEntry[]>(
    (entries, to, index) =>
      append(entries, {
        system: "rawdog",
        from: stages[index - 1] ?? nothingYet,
        to,
        at: hour(index),
        definition: "d",
        commit: "",
      }),
    [],
  );
const hour = (index: number): string => new Date(Date.UTC(2026, 5, 23, 6 + index)).toISOString();
const sinceFor = (entries: readonly LedgerEntry[], target: string): string =>
  ttlSince(rawdog, entries, deriveTransition({ entries, damage: undefined }, target).transition);

test("the TTL counts from the stage that lowered it, however many stages kept it", () => {
  expect(sinceFor(through("prepare", "ttl-lowered"), "canary")).toBe(hour(1));
  expect(sinceFor(through("prepare", "ttl-lowered", "canary"), "half")).toBe(hour(1));
});

test("a rollback of traffic alone does not begin it again", () =>
  expect(sinceFor(through("prepare", "ttl-lowered", "canary", "ttl-lowered"), "canary")).toBe(
    hour(1),
  ));

test("a TTL that was raised in between counts from when it was lowered again", () =>
  expect(sinceFor(through("prepare", "ttl-lowered", "prepare", "ttl-lowered"), "canary")).toBe(
    hour(3),
  ));

test("it says the same of a move before and after the ledger has it", () => {
  const before = through("prepare", "ttl-lowered");
  const after = through("prepare", "ttl-lowered", "canary");
  expect(sinceFor(after, "canary")).toBe(sinceFor(before, "canary"));
});

test("a first move has none, and a stage that is none any more has another TTL", () => {
  expect(sinceFor([], "prepare")).toBe("");
  expect(sinceFor(through("prepare", "gone", "ttl-lowered"), "canary")).toBe(hour(2));
});
