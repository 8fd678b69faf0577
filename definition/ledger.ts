import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";

/** `from` of a system's first entry: nothing carried traffic under this project before. */
export const nothingYet = "(none)";

/** What a gate said of a move. */
export const gateOutcomes = ["passed", "refused", "not-applicable"] as const;
export type GateOutcome = (typeof gateOutcomes)[number];

/** Who ran an update, and who says so: whoever runs one can set each of them. A claim, and no proof. */
export interface LedgerOperator {
  readonly name: string;
  /** The variable `CUTOVER_OPERATOR`, git's `user.email`, or the login of the machine. */
  readonly by: "variable" | "git" | "login";
}

/** On what an update moved traffic, as its entry keeps it. Entries made before there was one have none. */
export interface LedgerAccount {
  readonly operator: LedgerOperator;
  /** Digest of the saved plan that the update said it keeps to; empty when it named none. */
  readonly plan: string;
  /** SHA-256 of each signed file that a gate relied on, by its name. */
  readonly evidence: Readonly<Record<string, string>>;
  /** What each gate said of the move, by its name; empty when no pack is known to have judged it. */
  readonly verdicts: Readonly<Record<string, GateOutcome>>;
}

/** That a person let a way back go without the order that it needs. */
export interface BrokenGlass {
  readonly person: string;
  readonly reason: string;
  /** The signed file, whose SHA-256 stands with the others that gates relied on. */
  readonly file: string;
}

/** What an entry says, without its place in the chain. */
export interface LedgerRecord extends Partial<LedgerAccount> {
  readonly brokenGlass?: BrokenGlass;
  readonly system: string;
  readonly from: string;
  readonly to: string;
  /** When the traffic was seen moved, ISO 8601 UTC. */
  readonly at: string;
  /** Digest of the definition in force. */
  readonly definition: string;
  /** Commit of the program that moved it; empty where it runs outside a checkout. */
  readonly commit: string;
}

/** One move that happened. */
export interface LedgerEntry extends LedgerRecord {
  /** Counts from 1. */
  readonly sequence: number;
  /** Hash of the entry before; `genesis` for the first. */
  readonly previous: string;
  readonly hash: string;
}

/** What the first entry names as the one before it. */
export const genesis = "0".repeat(64);

/** The shape of {@link BrokenGlass}. */
export const brokenGlassSchema = z.strictObject({
  person: z.string(),
  reason: z.string(),
  file: z.string(),
});

const entrySchema = z.strictObject({
  system: z.string(),
  from: z.string(),
  to: z.string(),
  at: z.iso.datetime(),
  definition: z.string(),
  commit: z.string(),
  operator: z
    .strictObject({ name: z.string(), by: z.enum(["variable", "git", "login"]) })
    .exactOptional(),
  plan: z.string().exactOptional(),
  evidence: z.record(z.string(), z.string()).exactOptional(),
  verdicts: z.record(z.string(), z.enum(gateOutcomes)).exactOptional(),
  brokenGlass: brokenGlassSchema.exactOptional(),
  sequence: z.int().min(1),
  previous: z.string(),
  hash: z.string(),
});

/** SHA-256 of a value's canonical JSON, in hex. */
export const digest = (value: unknown): string =>
  createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");

const digests = new WeakMap<object, string>();

/** Digest of a definition, which nothing changes once it is settled: taken once, asked for by many rules. */
export const definitionDigest = (definition: object): string => {
  const taken = digests.get(definition) ?? digest(definition);
  digests.set(definition, taken);
  return taken;
};

/** The history with one more move at its end. */
export const append = (
  ledger: readonly LedgerEntry[],
  record: LedgerRecord,
): readonly LedgerEntry[] => {
  const last = ledger.at(-1);
  const linked = {
    ...record,
    sequence: (last?.sequence ?? 0) + 1,
    previous: last?.hash ?? genesis,
  };
  return [...ledger, { ...linked, hash: digest(linked) }];
};

/** What reading a history found: its entries, and in words the first thing wrong with it, if any. */
export interface LedgerReading {
  /** Every entry that can be read, in order, damaged or not: the history goes on after the last. */
  readonly entries: readonly LedgerEntry[];
  readonly damage: string | undefined;
}

/**
 * Reads a history from a stack output. Damage is reported, never thrown: a rollback must not need an
 * intact history. A history cut off at its end reads as a shorter one; only a published head shows that.
 */
export const readLedger = (system: string, output: unknown): LedgerReading => {
  if (output === undefined || output === null) return { entries: [], damage: undefined };
  const parsed = z.array(z.unknown()).safeParse(output);
  if (!parsed.success) return { entries: [], damage: "it is not a list" };
  const entries: LedgerEntry[] = [];
  const problems: string[] = [];
  for (const [index, value] of parsed.data.entries()) {
    const entry = entrySchema.safeParse(value);
    if (entry.success) {
      const problem = linkProblem(system, entry.data, index, entries.at(-1));
      if (problem !== undefined) problems.push(`entry ${index + 1} ${problem}`);
      entries.push(entry.data);
    } else {
      problems.push(`entry ${index + 1} is not readable`);
    }
  }
  return { entries, damage: problems[0] };
};

const linkProblem = (
  system: string,
  { hash, ...linked }: LedgerEntry,
  index: number,
  before: LedgerEntry | undefined,
): string | undefined => {
  if (linked.system !== system) return `belongs to ${linked.system}`;
  if (linked.sequence !== index + 1 || linked.previous !== (before?.hash ?? genesis)) {
    return "does not follow the one before it";
  }
  return digest(linked) === hash ? undefined : "was changed after it was made";
};

/** Whether a history still holds the entry that was its last when its head was published. */
export const holdsHead = (entries: readonly LedgerEntry[], head: string): boolean =>
  head === genesis || entries.some(({ hash }) => hash === head);

/** One system's part of a stack output that is kept by system; undefined where there is none. */
export const partOf = (output: unknown, system: string): unknown =>
  typeof output === "object" && output !== null
    ? (output as Readonly<Record<string, unknown>>)[system]
    : undefined;
