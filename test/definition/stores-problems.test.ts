import { expect, test } from "vitest";
import type { Stage } from "../../definition/stage.ts";
import { storeOf, type FinalSync, type TwoStores } from "../../definition/stores.ts";
import { storesProblems } from "../../definition/stores-problems.ts";
import { defineSystem, type SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import { seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { withRecords } from "../weighted-records-system.ts";

const stores = rawdog.stores as TwoStores;

/** What a person reads who writes such a system. */
const linesOf = (changes: Partial<SystemDefinition>): readonly string[] =>
  storesProblems({ ...rawdog, ...changes }).map(
    ({ key, found, expected }) => `${key ?? ""} is ${found}, expected ${expected}`,
  );
const withFinalSync = (changes: Partial<FinalSync>) => ({
  stores: {
    ...stores,
    sync: { ...stores.sync, finalSync: { ...stores.sync.finalSync, ...changes } },
  },
});
/** The ladder with the passage of the final sync in other stages. */
const passageIn = (...names: readonly string[]): { readonly ladder: readonly Stage[] } => {
  const passages = rawdog.ladder.find(({ name }) => name === "canary")?.passages ?? [];
  return {
    ladder: rawdog.ladder.map(({ passages: _, ...stage }) =>
      names.includes(stage.name) ? { ...stage, passages } : stage,
    ),
  };
};

test("one database, and two stores as RAWDOG has them, are right", () => {
  expect(storesProblems(lms)).toEqual([]);
  expect(linesOf({})).toEqual([]);
});

test("S4-53: the final sync is a passage of one stage", () => {
  const line =
    'stores.sync.finalSync.passage is "final-sync", expected the name of a passage of one stage';
  expect(linesOf(passageIn())).toEqual([line]);
  expect(linesOf(passageIn("canary", "half"))).toEqual([line]);
  expect(linesOf(withFinalSync({ passage: "last-sync" }))).toEqual([
    'stores.sync.finalSync.passage is "last-sync", expected the name of a passage of one stage',
  ]);
});

test.for(["prepare", "ttl-lowered", "half"])(
  "S4-53: the final sync is no part of the move into %s, where green's first traffic is not",
  (stage) =>
    expect(linesOf(passageIn(stage))).toEqual([
      `stores.sync.finalSync.passage is final-sync, in the move into ${stage}, expected a passage of the move in which green gets its first traffic`,
    ]),
);

test("S4-2: a freeze ends by itself before its passage has failed", () =>
  expect(linesOf(withFinalSync({ freezeEndsAfter: seconds(60) }))).toEqual([
    "stores.sync.finalSync.freezeEndsAfter is 60 s, expected less than the 60 s that final-sync may take",
  ]));

test("no freeze waits for resolvers: two records of DNS cannot carry it", () =>
  expect(linesOf({ traffic: withRecords().traffic })).toEqual([
    "traffic is route53 weighted, expected a mechanism whose move is one write: a freeze would last until every resolver has it",
  ]));

test("each side works on its own store, or both on the one that there is", () => {
  const settled = settle(rawdog, { rehearsal: true, file: "" });
  expect(storeOf(settled.stores, "blue").name).toBe("rawdog");
  expect(storeOf(settled.stores, "green").name).toBe("rawdog_platform");
  const one = settle(lms, { rehearsal: true, file: "" });
  expect(storeOf(one.stores, "blue")).toBe(storeOf(one.stores, "green"));
});

test.for([
  ["head", "4f2a 9c7d", "a revision: at most 200 letters, digits and any of _ . : + -"],
  ["head", "a".repeat(201), "a revision: at most 200 letters"],
  ["revision", "UPDATE alembic_version SET version_num = 'x'", "that begins with SELECT or WITH"],
  ["revision", "SELECT 1; SELECT 2", "one statement, without a semicolon"],
] as const)("a migration's %s that is %j is refused in one line", ([key, value, expected]) => {
  const migration = { ...rawdog.stores.migration, [key]: value };
  expect(() => defineSystem({ ...rawdog, stores: { ...stores, migration } })).toThrow(expected);
});
