/**
 * What a rehearsal needs to stand in for the system: an application that answers the same calls, its
 * database, and the load. Plainly examples: nothing here reaches staging or production.
 */
export interface RehearsalExample {
  /** Open-loop arrivals per wall second. */
  readonly requestsPerSecond: number;
  readonly data: ExampleDatabase | ExampleStores;
  /** The calls that users make, with their share of the load. */
  readonly requests: readonly ExampleRequest[];
  readonly blue: ExampleVersion;
  readonly green: ExampleVersion;
}

/** The one database of both sides. */
export interface ExampleDatabase {
  /** Statements that make it as blue knows it, with example rows. */
  readonly schema: readonly string[];
  /** What `revision` does to that schema; the last one is the head that green needs. */
  readonly migrations: readonly ExampleMigration[];
}

/** A store for each side, and what is copied between them. */
export interface ExampleStores {
  /** As it serves today: SQL, or how many example documents each of its collections holds. */
  readonly blue:
    | { readonly schema: readonly string[] }
    | { readonly collections: Readonly<Record<string, number>> };
  /** Before its migrations, without rows. */
  readonly green: { readonly schema: readonly string[] };
  readonly migrations: readonly ExampleMigration[];
  readonly copied: readonly CopiedTable[];
}

/** A table, or a collection of documents with the same fields, that both stores hold under one name. */
export interface CopiedTable {
  readonly name: string;
  readonly key: string;
  /** Column with the unique text of the write that made the row. */
  readonly reference: string;
  /** Columns of both stores; what only one of them has is that side's own. */
  readonly columns: readonly string[];
}

export interface ExampleMigration {
  readonly revision: string;
  readonly statements: readonly string[];
}

/** Name of the span of a payment, as the example's applications report it. */
export const paymentSpan = "payment.charge";

/** One kind of call, answered from the database by either version. */
export interface ExampleRequest {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  /** Relative frequency in the load; 0 for calls that only smoke tests make. */
  readonly share: number;
  /**
   * SQL with `$1` standing for a random employee number 1–100 (`$2` for a unique text). Its rows are the
   * answer's `rows`. A call without a statement answers with an empty list.
   */
  readonly statement?: string;
  /** What it comes to where the side keeps documents. */
  readonly document?: {
    readonly collection: string;
    /** The documents of the person, at most so many, the latest first; or a new one with a unique reference. */
    readonly does: { readonly find: number } | "add";
  };
  /** Whether it asks for a payment, which a tracer reports as a span of its own. */
  readonly charges?: true;
}

/** How a healthy version performs. */
export interface ExampleVersion {
  readonly version: string;
  /** Service time without load, milliseconds. */
  readonly medianMilliseconds: number;
  readonly p95Milliseconds: number;
  /** CPU use at the example's full load on this side, percent of the limit. */
  readonly cpuPercentAtFullLoad: number;
  readonly memoryPercent: number;
}
