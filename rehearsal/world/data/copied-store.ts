import type { CopiedTable } from "../../../definition/rehearsal-example.ts";

/** A row or a document: the text of each copied column, null where it has none. */
export type Row = Readonly<Record<string, string | null>>;

/** One write to a copied table, as its store captured it. */
export interface Change {
  /** Counts up in the order in which writes were made. */
  readonly position: number;
  readonly table: string;
  readonly key: string;
}

export interface Backlog {
  readonly changes: number;
  /** When the oldest of them was made, wall milliseconds since the epoch. */
  readonly oldest: number | undefined;
}

/**
 * A store whose copied tables are read, compared and written by what copies between two of them. Its outbox keeps
 * each write of an application until somebody has copied it; what the copying itself applies does not enter it.
 */
export interface CopiedStore {
  /** Begins to capture, where it has not. @returns whether all copied tables stand there with their columns. */
  prepare(): Promise<boolean>;
  /** Hears of captured changes; returns the way to stop that. */
  onCapture(listener: () => void): () => void;
  /** The oldest changes that nobody has copied, in their order. */
  waiting(most?: number): Promise<readonly Change[]>;
  backlog(): Promise<Backlog>;
  /** Takes the changes up to a position out of the outbox. */
  copied(upTo: number): Promise<void>;
  keys(table: CopiedTable): Promise<readonly string[]>;
  /** The rows that are there, by key. */
  read(table: CopiedTable, keys: readonly string[]): Promise<ReadonlyMap<string, Row>>;
  /** Inserts or changes rows and deletes those of `gone`, by key and in one transaction. */
  apply(table: CopiedTable, rows: readonly Row[], gone: readonly string[]): Promise<void>;
  /** A checksum for each part of a table; parts are named by the last character of a key. */
  checksums(table: CopiedTable): Promise<ReadonlyMap<string, string>>;
  /** One part of a table: a line by key, equal for equal rows. */
  lines(table: CopiedTable, part: string): Promise<ReadonlyMap<string, string>>;
  /** The reference of every row. */
  references(table: CopiedTable): Promise<readonly string[]>;
}

/** The columns that are copied: those named, with key and reference. */
export const columnsOf = ({ key, reference, columns }: CopiedTable): readonly string[] => [
  ...new Set([key, reference, ...columns]),
];

/** What stands between two columns of a line, and for a column without a value: no text has them. */
export const lineMarks = { between: "\u001f", nothing: "\u001e" };
