import fc from "fast-check";
import { expect, test } from "vitest";
import {
  append,
  genesis,
  nothingYet,
  readLedger,
  type LedgerEntry,
} from "../../definition/ledger.ts";
import { deriveTransition } from "../../definition/transition.ts";

const stageNames = ["baseline", "canary", "half", "full"] as const;
const minute = (count: number): string => new Date(Date.UTC(2026, 0, 10, 22, count)).toISOString();

/** What an update does once the traffic is seen moved. */
const recorded = (ledger: readonly LedgerEntry[], to: string): readonly LedgerEntry[] => {
  const { transition, recorded: already } = deriveTransition(readLedger("lms", ledger), to);
  return already
    ? ledger
    : append(ledger, {
        system: "lms",
        from: transition.from,
        to,
        at: minute(ledger.length),
        definition: "d",
        commit: "",
      });
};
const historyOf = (stages: readonly string[]): readonly LedgerEntry[] =>
  stages.reduce<readonly LedgerEntry[]>(recorded, []);
const derive = (ledger: readonly LedgerEntry[], to: string) =>
  deriveTransition(readLedger("lms", ledger), to);
const anyHistory = fc.array(fc.constantFrom(...stageNames), { maxLength: 8 }).map(historyOf);

test("the first move begins at nothing", () =>
  expect(derive([], "baseline")).toEqual({
    recorded: false,
    transition: {
      from: nothingYet,
      to: "baseline",
      sequence: 1,
      since: "",
      follows: genesis,
      sinceCommit: "",
      damage: "",
    },
  }));

test("a move begins where the ledger stands, and since when", () => {
  const ledger = historyOf(["baseline", "canary"]);
  expect(derive(ledger, "half")).toMatchObject({
    recorded: false,
    transition: {
      from: "canary",
      to: "half",
      sequence: 3,
      since: minute(1),
      follows: ledger[1]?.hash,
      sinceCommit: ledger[1]?.commit,
    },
  });
});

test("once recorded, the same move is derived again, so that a second update changes nothing", () =>
  fc.assert(
    fc.property(anyHistory, fc.constantFrom(...stageNames), (ledger, target) => {
      const before = derive(ledger, target);
      const after = derive(recorded(ledger, target), target);
      expect(after.transition).toEqual(before.transition);
      expect(after.recorded).toBe(true);
      expect(recorded(recorded(ledger, target), target)).toEqual(recorded(ledger, target));
    }),
  ));

test("a move that was refused, and so left the ledger alone, is the same move when tried again", () =>
  fc.assert(
    fc.property(anyHistory, fc.constantFrom(...stageNames), (ledger, target) => {
      const stored = JSON.parse(JSON.stringify(ledger)) as readonly LedgerEntry[];
      expect(derive(stored, target)).toEqual(derive(ledger, target));
    }),
  ));

test("back and forth: each move has its own place", () => {
  const ledger = historyOf(["baseline", "canary", "baseline", "canary"]);
  expect(ledger.map(({ from, to }) => `${from}→${to}`)).toEqual([
    `${nothingYet}→baseline`,
    "baseline→canary",
    "canary→baseline",
    "baseline→canary",
  ]);
  expect(derive(ledger, "canary")).toMatchObject({
    recorded: true,
    transition: { from: "baseline", sequence: 4, since: minute(2) },
  });
  expect(derive(ledger, "baseline")).toMatchObject({
    recorded: false,
    transition: { from: "canary", sequence: 5, since: minute(3) },
  });
});

test("damage goes with the move, and does not stop it from being derived", () => {
  const ledger = historyOf(["baseline", "canary"]);
  const [first] = ledger;
  const broken = [{ ...first, to: "full" }, ...ledger.slice(1)];
  expect(deriveTransition(readLedger("lms", broken), "baseline").transition).toMatchObject({
    from: "canary",
    to: "baseline",
    damage: "entry 1 was changed after it was made",
  });
});
