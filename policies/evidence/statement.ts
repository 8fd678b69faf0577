import canonicalize from "canonicalize";
import { z } from "zod";
import { NotAccepted } from "./refusal.ts";

/** A statement is a few hundred bytes; nothing that is longer is looked at. */
export const longestStatement = 65_536;

const name = z.string().min(1).max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** UTC to the second or finer, as every other instant of the project. */
const instant = z.iso.datetime().max(30);

/** What every statement says: what it is about, who says it in which role, and for how long it counts. */
const head = {
  version: z.literal(1),
  system: name,
  /** Name of the stack, so that a word given for staging does not count in production. */
  stack: name,
  /** Digest of the settled definition. */
  definition: sha256,
  /** The principal who signs, as `allowed_signers` has it. */
  by: name,
  role: name,
  at: instant,
  until: instant,
};

/** The one move that a statement is about: its place in the history makes it good for once only. */
const move = z.strictObject({
  from: name,
  to: name,
  sequence: z.int().min(1),
  /** Hash of the ledger's entry that the move follows. */
  follows: sha256,
});

const approval = z.strictObject({
  statement: z.literal("approval"),
  ...head,
  move,
  /** Digest of the saved plan that was reviewed, where the signer binds the word to it. */
  plan: sha256.optional(),
});

const checkpoint = z.strictObject({
  statement: z.literal("checkpoint"),
  ...head,
  move,
  checkpoint: name,
  answers: z
    .array(z.strictObject({ question: name, answer: z.enum(["yes", "no"]) }))
    .min(1)
    .max(50),
});

const checklist = z.strictObject({
  statement: z.literal("checklist"),
  ...head,
  checklist: name,
  /** Titles of the items that are done. */
  done: z.array(name).min(1).max(200),
});

const backup = z.strictObject({
  statement: z.literal("backup"),
  ...head,
  of: name,
  file: name,
  /** When it was complete. */
  takenAt: instant,
  bytes: z.int().min(0),
  sha256,
  /** Size of the backup before it, by which its own is judged. */
  previousBytes: z.int().min(0).optional(),
  /** When it was restored, or its whole contents listed, without an error. */
  restoredAt: instant,
});

const rehearsal = z.strictObject({
  statement: z.literal("rehearsal"),
  ...head,
  /** When the first of the rehearsals ran. */
  ranAt: instant,
  /** Whether a rehearsal without any fault completed. */
  completed: z.boolean(),
  rollbacks: z
    .array(
      z.strictObject({
        stage: name,
        restoredMilliseconds: z.number().min(0),
        budgetMilliseconds: z.number().min(0),
      }),
    )
    .max(200),
});

/** When the date of the cutover, which the definition says, was announced. */
const notice = z.strictObject({
  statement: z.literal("notice"),
  ...head,
  sentAt: instant,
  /** Title of the plan's message that it was, where it was one of these. */
  message: name.optional(),
});

/** That a window has passed and nobody used it: without that word the one that stands in for it stays closed. */
const windowUnused = z.strictObject({
  statement: z.literal("window-unused"),
  ...head,
  /** Its title in the plan. */
  window: name,
  closedAt: instant,
  reason: z.string().trim().min(1).max(1_000),
});

/** How far staging went with the definition, as its own ledger says. */
const staging = z.strictObject({
  statement: z.literal("staging"),
  ...head,
  /** Name of the stack. */
  of: name,
  reached: name,
  reachedAt: instant,
  /** Hash of the last entry of its ledger. */
  head: sha256,
});

const rollback = z.strictObject({ statement: z.literal("rollback"), ...head, move });

/** That a way back cannot wait for the order that it needs. */
const breakGlass = z.strictObject({
  statement: z.literal("break-glass"),
  ...head,
  move,
  /** What the plan wants to hold before this way back: the signer states that it does. */
  statesThatThisHolds: z.array(z.string().min(1).max(1_000)).min(1).max(50),
  /** Printed wherever the move is told of: one line of what can be seen. */
  reason: z
    .string()
    .max(300)
    .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u)
    .refine((text) => text.trim() === text),
});

/** That somebody else has looked at a way back that went without its order. */
const glassReview = z.strictObject({
  statement: z.literal("glass-review"),
  ...head,
  /** Its entry in the ledger. */
  entry: z.strictObject({ sequence: z.int().min(1), hash: sha256 }),
});

const schema = z.discriminatedUnion("statement", [
  approval,
  checkpoint,
  checklist,
  backup,
  rehearsal,
  notice,
  windowUnused,
  staging,
  rollback,
  breakGlass,
  glassReview,
]);

/** What a person states and signs. */
export type Statement = z.infer<typeof schema>;
export type StatementKind = Statement["statement"];
/** The statements of one kind. */
export type StatementOf<Kind extends StatementKind> = Extract<Statement, { statement: Kind }>;

/** The bytes of a statement that are signed: its canonical JSON (RFC 8785), with nothing around it. */
export const statementText = (statement: Statement): string => canonicalize(statement) ?? "";

/**
 * Reads a statement. Its bytes must be its canonical form, so that nobody reads anything else in it than
 * what was signed: no key twice, no other spelling of a number or a letter, no byte-order mark.
 * @throws NotAccepted with what is wrong.
 */
export const readStatement = (bytes: Buffer): Statement => {
  if (bytes.length > longestStatement) {
    throw new NotAccepted(`it has ${bytes.length} bytes, and at most ${longestStatement} are read`);
  }
  const text = decoded(bytes);
  const value = parsed(text);
  if (canonical(value) !== text) throw new NotAccepted("it is not canonical JSON (RFC 8785)");
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join(".") ?? "";
  throw new NotAccepted(
    /^[\w.]{1,60}$/.test(path) ? `${path} is not as expected` : "it is no statement known here",
  );
};

const decoded = (bytes: Buffer): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NotAccepted("it is no UTF-8");
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotAccepted("it is no JSON");
  }
};

const canonical = (value: unknown): string | undefined => {
  try {
    return canonicalize(value);
  } catch {
    // Half a character, or nesting too deep: neither has a canonical form.
    return undefined;
  }
};
