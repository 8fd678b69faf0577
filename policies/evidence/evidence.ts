import type { Statement, StatementKind } from "./statement.ts";

/** A statement whose signature fits, by a key that is allowed and a person who has the role. */
export interface Signed<S extends Statement = Statement> {
  readonly statement: S;
  /** Who signed; one person whatever key or principal was used. */
  readonly person: string;
  /** Time in which the key counts, milliseconds since the epoch. */
  readonly keyValidAfter: number | undefined;
  readonly keyValidBefore: number | undefined;
  /** Where it stands, for messages. */
  readonly file: string;
  /** Digest of its text, hexadecimal. */
  readonly sha256: string;
}

/** A file that does not count. */
export interface Rejected {
  readonly file: string;
  readonly reason: string;
  /** What it says that it is, where that can be read. */
  readonly kind: StatementKind | undefined;
  /** Digest of its text, hexadecimal, where that could be read. */
  readonly sha256?: string;
}

/** What people have stated about a system on a stack, as far as it is about the definition in force. */
export interface Evidence {
  readonly signed: readonly Signed[];
  readonly rejected: readonly Rejected[];
}
