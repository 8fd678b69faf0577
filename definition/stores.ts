import type { Open } from "./tbd.ts";
import type { Duration } from "./units.ts";
import type { Image } from "./workload.ts";

/** Where the data of a system is, and what must be done with it before green takes traffic. */
export type Stores = OneDatabase | TwoStores;

/** A place that an application keeps its data in. */
export interface Store {
  readonly name: string;
  /** Secret of the cluster whose key `url` says how to reach it; its value is never in code or config. */
  readonly secret: string;
}

/** What brings a database to the schema that green needs. */
export interface SchemaMigration {
  readonly command: readonly string[];
  /** The one revision that must be in force before green takes traffic. */
  readonly head: Open<string>;
  /**
   * One statement that reads the revisions in force, as the command keeps them: a row each, of one column. Without it,
   * as where the store is no Postgres, nobody reads the schema back.
   */
  readonly revision?: Open<string>;
  readonly within: Duration;
}

/** How a revision is written: in characters that Postgres puts no quotes around. */
export const revisionPattern = /^[\w.:+-]{1,200}$/;

/** Both sides work on one database; the migration changes it while blue serves. */
export interface OneDatabase extends Store {
  readonly kind: "one database";
  readonly migration: SchemaMigration;
}

/**
 * Each side has a store of its own; what is written to one is copied to the other. The migration prepares
 * green's.
 */
export interface TwoStores {
  readonly kind: "two stores";
  readonly blue: Store;
  readonly green: Store;
  readonly migration: SchemaMigration;
  readonly sync: Sync;
}

/**
 * What copies between two stores. It runs wherever the posture value `sync` of a stage is not `off`. A change
 * that it has not copied yet waits in the store in which it was made, so that neither a stop of the copying nor a
 * rollback loses one.
 */
export interface Sync {
  /** Name of its Deployment. */
  readonly name: string;
  readonly image: Image;
  /** Copies, both ways, until it is stopped. */
  readonly command: readonly string[];
  readonly finalSync: FinalSync;
}

/** The last copying before green takes its first writes, while nobody writes. */
export interface FinalSync {
  /** Name of the passage in which it happens; the passage's own limit is what the freeze may last in all. */
  readonly passage: string;
  /** Copies what is left and compares both stores; exits with another status than 0 unless they agree. */
  readonly command: readonly string[];
  /** The freeze ends by itself after this time, whoever began it: below what the passage may take. */
  readonly freezeEndsAfter: Duration;
}

export const oneDatabase = (database: Omit<OneDatabase, "kind">): OneDatabase => ({
  kind: "one database",
  ...database,
});

export const twoStores = (stores: Omit<TwoStores, "kind">): TwoStores => ({
  kind: "two stores",
  ...stores,
});

/** The store that a side works on. */
export const storeOf = (stores: Stores, side: "blue" | "green"): Store =>
  stores.kind === "two stores" ? stores[side] : stores;
