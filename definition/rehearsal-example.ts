/**
 * What a rehearsal needs to stand in for the system: an application that answers the same calls, its
 * database, and the load. Plainly examples: nothing here reaches staging or production.
 */
export interface RehearsalExample {
  /** Open-loop arrivals per wall second. */
  readonly requestsPerSecond: number;
  /** Statements that make the database as blue knows it, with example rows. */
  readonly schema: readonly string[];
  /** What `revision` does to that schema; the last one is the head that green needs. */
  readonly migrations: readonly ExampleMigration[];
  /** The calls that users make, with their share of the load. */
  readonly requests: readonly ExampleRequest[];
  readonly blue: ExampleVersion;
  readonly green: ExampleVersion;
}

export interface ExampleMigration {
  readonly revision: string;
  readonly statements: readonly string[];
}

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
