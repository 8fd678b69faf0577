import type { LedgerEntry } from "../definition/ledger.ts";
import { glassInWords } from "../policies/rules/evidence/broken-glass.ts";
import { textTable, type Column } from "./text-table.ts";

/** What an entry says that was made before entries kept this. */
const notKept = "not kept";

/** A history as lines: the moves, what each of them rests on, and the evidence that gates relied on. */
export const ledgerText = (entries: readonly LedgerEntry[]): readonly string[] => [
  ...textTable(
    columns("#", "At", "From", "To", "Commit", "Hash"),
    entries.map(({ sequence, at, from, to, commit, hash }) => [
      String(sequence),
      at,
      from,
      to,
      commit === "" ? "none" : commit.slice(0, 10),
      hash.slice(0, 12),
    ]),
  ),
  "",
  ...textTable(
    columns("#", "Says it was run by", "Under the plan", "Gates"),
    entries.map(({ sequence, operator, plan, verdicts }) => [
      String(sequence),
      operator === undefined ? notKept : `${operator.name || "nobody"} (${operator.by})`,
      plan === undefined ? notKept : plan === "" ? "none" : plan.slice(0, 12),
      verdicts === undefined ? notKept : verdictsText(verdicts),
    ]),
  ),
  ...entries.flatMap(({ sequence, evidence = {} }) =>
    Object.entries(evidence).map(
      ([file, sha256]) => `#${sequence} relied on ${file}, SHA-256 ${sha256.slice(0, 12)}…`,
    ),
  ),
  "",
];

/** What a reader of a whole history should look at all the same, a sentence each without its full stop. */
export const ledgerNotes = (entries: readonly LedgerEntry[]): readonly string[] =>
  entries.flatMap(({ sequence, from, to, verdicts, brokenGlass }) => {
    const move = `entry ${sequence}, ${from} → ${to}`;
    if (brokenGlass !== undefined) return [`${move}: ${glassInWords(brokenGlass)}`];
    if (verdicts === undefined) return [];
    if (Object.keys(verdicts).length === 0) return [`${move}: no gate is known to have judged it`];
    const refusing = named(verdicts, "refused");
    return refusing.length === 0
      ? []
      : [`${move}: it happened although these refused: ${refusing.join(", ")}`];
  });

type Verdicts = NonNullable<LedgerEntry["verdicts"]>;

const verdictsText = (verdicts: Verdicts): string => {
  if (Object.keys(verdicts).length === 0) return "none known";
  const refusing = named(verdicts, "refused").length;
  const passed = `${named(verdicts, "passed").length} passed`;
  return refusing === 0 ? passed : `${passed}, ${refusing} REFUSED`;
};

const named = (verdicts: Verdicts, outcome: string): readonly string[] =>
  Object.keys(verdicts).filter((rule) => verdicts[rule] === outcome);

const columns = (...titles: readonly string[]): readonly Column[] =>
  titles.map((title) => ({ title, align: title === "#" ? "right" : "left" }));
