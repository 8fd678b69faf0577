import { expect, test } from "vitest";
import {
  append,
  digest,
  nothingYet,
  type LedgerEntry,
  type LedgerRecord,
} from "../../definition/ledger.ts";
import { unorderedWaysBack } from "../../definition/unordered-ways-back.ts";
import { allRules } from "../../policies/all-rules.ts";
import { rawdog } from "../../stacks/rawdog.ts";

const glass = { person: "Jo", reason: "nobody answers", file: "evidence/rawdog/glass.json" };
const sha256 = digest("the signed text");

/** A history in which these moves follow each other. */
const historyOf = (
  ...moves: readonly (Pick<LedgerRecord, "from" | "to"> & Partial<LedgerRecord>)[]
): readonly LedgerEntry[] =>
  moves.reduce<readonly LedgerEntry[]>(
    (ledger, move) =>
      append(ledger, {
        ...{ system: "rawdog", at: "2026-06-23T06:00:00.000Z", definition: "d", commit: "" },
        ...move,
      }),
    [],
  );
const first = { from: nothingYet, to: "full", verdicts: { ladder: "passed" } } as const;
/** RAWDOG's way back that needs an order, from its retained old system. */
const back = { from: "retained", to: "full" } as const;
const broken = {
  ...back,
  verdicts: { "way-back-needs": "passed" },
  evidence: { [glass.file]: sha256 },
  brokenGlass: glass,
} as const;
const open = (entries: readonly LedgerEntry[], sequence = Infinity): readonly number[] =>
  unorderedWaysBack(rawdog, entries, { sequence }).map((each) => each.sequence);

test("a broken glass is to be reviewed, with who broke it and the digest of what was signed", () => {
  const entries = historyOf(first, broken);
  expect(unorderedWaysBack(rawdog, entries, { sequence: 3 })).toEqual([
    { sequence: 2, hash: entries[1]?.hash, ...back, brokenGlass: { ...glass, sha256 } },
  ]);
});

test("a way back that was ordered is not, nor one that needs no order", () => {
  expect(open(historyOf(first, { ...back, verdicts: { "way-back-needs": "passed" } }))).toEqual([]);
  expect(open(historyOf(first, { from: "half", to: "ttl-lowered", verdicts: {} }))).toEqual([]);
});

test.for([
  ["no gate is known to have judged it", {}],
  ["the gate refused, and it happened all the same", { "way-back-needs": "refused" }],
] as const)("one that needs an order is, where %s", ([, verdicts]) =>
  expect(open(historyOf(first, { ...back, verdicts }))).toEqual([2]),
);

test("an entry from before gates' verdicts were kept is none", () =>
  expect(open(historyOf(first, back))).toEqual([]));

test("a move up that the gate let pass ends it; one that nobody judged, or a further way back, does not", () => {
  const up = { from: "full", to: "retained" } as const;
  const reviewed = { ...up, verdicts: { "glass-reviewed": "passed" } } as const;
  expect(open(historyOf(first, broken, reviewed))).toEqual([]);
  expect(open(historyOf(first, broken, reviewed, broken))).toEqual([4]);
  expect(open(historyOf(first, broken, { ...up, verdicts: {} }, broken))).toEqual([2, 4]);
});

test("a move is held up by what came before it alone, so that it stays the same once it is recorded", () => {
  const entries = historyOf(first, broken, { from: "full", to: "retained" }, broken);
  expect(open(entries, 4)).toEqual([2]);
  expect(open(entries, 2)).toEqual([]);
});

test("a file that the entry does not vouch for has no digest", () => {
  const [found] = unorderedWaysBack(rawdog, historyOf({ ...broken, evidence: {} }), {
    sequence: 2,
  });
  expect(found?.brokenGlass?.sha256).toBe("");
});

test("the gates whose verdicts it reads are in the pack", () =>
  expect(allRules.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["way-back-needs", "glass-reviewed"]),
  ));
