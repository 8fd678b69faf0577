import { z } from "zod";

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

/** Every kind of statement. */
export const statementShape = z.discriminatedUnion("statement", [
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
