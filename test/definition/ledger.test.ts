import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  append,
  digest,
  genesis,
  holdsHead,
  nothingYet,
  readLedger,
  type LedgerAccount,
  type LedgerEntry,
  type LedgerRecord,
} from "../../definition/ledger.ts";

const at = "2026-01-10T23:35:00.000Z";
const record = (from: string, to: string): LedgerRecord => ({
  system: "lms",
  from,
  to,
  at,
  definition: "d".repeat(64),
  commit: "c0ffee",
});
const account: LedgerAccount = {
  operator: { name: "jo@company.com", by: "git" },
  plan: "a".repeat(64),
  evidence: { "evidence/lms/checkpoint.json": "b".repeat(64) },
  verdicts: { ladder: "passed", notice: "not-applicable" },
};
/** A history whose first entries were made before entries kept an account of their update. */
const historyOf = (stages: readonly string[], old = 0): readonly LedgerEntry[] =>
  stages.reduce<readonly LedgerEntry[]>(
    (ledger, to, index) =>
      append(ledger, {
        ...record(stages[index - 1] ?? nothingYet, to),
        ...(index >= old && account),
      }),
    [],
  );
const histories = fc
  .tuple(
    fc.array(fc.constantFrom("baseline", "canary", "half", "full"), {
      minLength: 2,
      maxLength: 8,
    }),
    fc.nat(3),
  )
  .map(([stages, old]) => historyOf(stages, old));
const damageOf = (entries: unknown): string | undefined => readLedger("lms", entries).damage;
/** As a stack output comes back: through JSON. */
const stored = (ledger: readonly LedgerEntry[]): LedgerEntry[] =>
  JSON.parse(JSON.stringify(ledger)) as LedgerEntry[];

test("entries count from 1 and name the one before", () => {
  const [first, second] = historyOf(["baseline", "canary"]);
  expect(first).toMatchObject({ sequence: 1, previous: genesis, from: nothingYet });
  expect(second).toMatchObject({ sequence: 2, previous: first?.hash, from: "baseline" });
});

test("appending leaves the history before as it was", () =>
  fc.assert(
    fc.property(histories, (ledger) => {
      const before = stored(ledger);
      expect(append(ledger, record("full", "baseline")).slice(0, -1)).toEqual(before);
      expect(stored(ledger)).toEqual(before);
    }),
  ));

test("what was appended reads back whole", () =>
  fc.assert(
    fc.property(histories, (ledger) => {
      expect(readLedger("lms", stored(ledger))).toEqual({ entries: ledger, damage: undefined });
    }),
  ));

test("a stack without a ledger has an empty history", () => {
  for (const output of [undefined, null, []]) {
    expect(readLedger("lms", output)).toEqual({ entries: [], damage: undefined });
  }
});

describe("damage is found and named, and never thrown", () => {
  const place = fc.nat(100);
  const fields = [
    "system",
    "from",
    "to",
    "at",
    "definition",
    "commit",
    "previous",
    "hash",
  ] as const;

  test("a flipped character of any field", () =>
    fc.assert(
      fc.property(
        histories,
        place,
        fc.constantFrom(...fields),
        place,
        (ledger, which, field, where) => {
          const index = which % ledger.length;
          const changed = stored(ledger).map((entry, position) => {
            const text = entry[field];
            const flip = where % text.length;
            const other = text[flip] === "0" ? "1" : "0";
            return position === index
              ? { ...entry, [field]: text.slice(0, flip) + other + text.slice(flip + 1) }
              : entry;
          });
          expect(damageOf(changed)).toContain(`entry ${index + 1}`);
        },
      ),
    ));

  test("a word of the update's account that was changed, added or taken out", () =>
    fc.assert(
      fc.property(
        histories,
        place,
        fc.constantFrom<(entry: LedgerEntry) => object>(
          (entry) => ({ ...entry, operator: { name: "somebody else", by: "git" } }),
          (entry) => ({ ...entry, operator: { name: "jo@company.com", by: "login" } }),
          (entry) => ({ ...entry, plan: "" }),
          (entry) => ({ ...entry, evidence: { ...entry.evidence, "evidence/lms/a.json": "c" } }),
          (entry) => ({ ...entry, evidence: { "evidence/lms/checkpoint.json": "c" } }),
          (entry) => ({ ...entry, verdicts: { ...entry.verdicts, ladder: "refused" } }),
          (entry) => ({ ...entry, verdicts: {} }),
        ),
        (ledger, which, change) => {
          const index = which % ledger.length;
          const changed = stored(ledger).map((entry, position) =>
            position === index ? change(entry) : entry,
          );
          expect(damageOf(changed)).toBe(`entry ${index + 1} was changed after it was made`);
        },
      ),
    ));

  test("an account that was made for entries that had none, and one that says what none can", () => {
    const old = historyOf(["baseline", "canary"], 2);
    expect(damageOf(old)).toBeUndefined();
    expect(damageOf(old.map((entry) => ({ ...entry, ...account })))).toContain("entry 1 was");
    for (const wrong of [{ operator: "jo" }, { verdicts: { soak: "maybe" } }, { by: "jo" }]) {
      const changed = historyOf(["baseline"]).map((entry) => ({ ...entry, ...wrong }));
      expect(damageOf(changed)).toBe("entry 1 is not readable");
    }
  });

  test("a changed sequence", () =>
    fc.assert(
      fc.property(histories, place, fc.integer({ min: 1, max: 99 }), (ledger, which, sequence) => {
        const index = which % ledger.length;
        fc.pre(sequence !== index + 1);
        const changed = ledger.map((entry, position) =>
          position === index ? { ...entry, sequence } : entry,
        );
        expect(damageOf(changed)).toBe(`entry ${index + 1} does not follow the one before it`);
      }),
    ));

  test("a removed entry, unless it is the last", () =>
    fc.assert(
      fc.property(histories, place, (ledger, which) => {
        const index = which % (ledger.length - 1);
        expect(damageOf(ledger.toSpliced(index, 1))).toBe(
          `entry ${index + 1} does not follow the one before it`,
        );
      }),
    ));

  test("two entries that changed places", () =>
    fc.assert(
      fc.property(histories, place, place, (ledger, one, other) => {
        const [first, second] = [one % ledger.length, other % ledger.length];
        fc.pre(first !== second);
        const a = ledger[first];
        const b = ledger[second];
        if (a === undefined || b === undefined) throw new RangeError("out of the history");
        expect(damageOf(ledger.with(first, b).with(second, a))).toBeDefined();
      }),
    ));

  test("an inserted entry, even one with a right hash of its own", () =>
    fc.assert(
      fc.property(histories, place, (ledger, which) => {
        const index = which % ledger.length;
        const forged = append(ledger.slice(0, index), record("half", "full")).at(-1);
        if (forged === undefined) throw new RangeError("nothing was appended");
        expect(damageOf(ledger.toSpliced(index, 0, forged))).toBeDefined();
      }),
    ));

  test("an entry whose hash was made anew after a change breaks the link behind it", () => {
    const ledger = historyOf(["baseline", "canary", "half"]);
    const forged = ledger.map((entry, index) => {
      const { hash, ...linked } = { ...entry, to: index === 1 ? "full" : entry.to };
      return index === 1 ? { ...linked, hash: digest(linked) } : { ...linked, hash };
    });
    expect(damageOf(forged)).toBe("entry 3 does not follow the one before it");
  });

  test("another system's history", () =>
    expect(readLedger("nxop", historyOf(["baseline"])).damage).toBe("entry 1 belongs to lms"));

  test("what is no history at all", () => {
    expect(damageOf({})).toBe("it is not a list");
    expect(damageOf("[]")).toBe("it is not a list");
    expect(damageOf([1])).toBe("entry 1 is not readable");
    fc.assert(fc.property(fc.anything(), (output) => void readLedger("lms", output)));
  });

  test("the readable entries of a damaged history stay readable", () => {
    const ledger = historyOf(["baseline", "canary", "half"]);
    expect(readLedger("lms", ledger.with(1, {} as LedgerEntry)).entries).toHaveLength(2);
  });
});

test("a history cut off at its end is a valid, shorter one: a published head can tell", () =>
  fc.assert(
    fc.property(histories, fc.nat(7), (ledger, kept) => {
      const head = ledger.at(-1)?.hash ?? genesis;
      const cut = ledger.slice(0, kept % ledger.length);
      expect(readLedger("lms", cut).damage).toBeUndefined();
      expect(holdsHead(cut, head)).toBe(false);
      expect(holdsHead(append(ledger, record("full", "baseline")), head)).toBe(true);
      // Written anew to the same length, and without a fault of its own.
      const anew = cut
        .concat(ledger.slice(cut.length))
        .reduce<readonly LedgerEntry[]>(
          (made, { hash: _, ...entry }, index) =>
            append(made, { ...entry, commit: index === cut.length ? "another" : entry.commit }),
          [],
        );
      expect(holdsHead(anew, head)).toBe(false);
    }),
  ));

test("before the first move nothing is published that a history could lack", () =>
  expect(holdsHead([], genesis)).toBe(true));

test("a digest does not depend on the order of keys", () => {
  expect(digest({ a: 1, b: 2 })).toBe(digest({ b: 2, a: 1 }));
  expect(digest({ a: 1 })).not.toBe(digest({ a: 2 }));
  expect(digest({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
});
