import canonicalize from "canonicalize";
import type { z } from "zod";
import { NotAccepted } from "./refusal.ts";
import { statementShape } from "./statement-shape.ts";

/** A statement is a few hundred bytes; nothing that is longer is looked at. */
export const longestStatement = 65_536;

/** What a person states and signs. */
export type Statement = z.infer<typeof statementShape>;
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
  const read = statementShape.safeParse(value);
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
