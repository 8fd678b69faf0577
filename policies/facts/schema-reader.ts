import { revisionPattern, storeOf, type Stores } from "../../definition/stores.ts";
import type { Settled } from "../../definition/tbd.ts";
import { NoAnswer } from "./bounded.ts";
import { connectionTo, type DatabaseConnections } from "./connection-to.ts";
import { readRows } from "./postgres-rows.ts";
import { unknown, type Reading } from "./reading.ts";

/** Reads how the schema stands that green works on. */
export interface SchemaReader {
  /** The revisions in force: two of them where there are more. */
  revisions(stores: Settled<Stores>): Promise<Reading<readonly string[]>>;
}

/** A reader of the schema in the databases that the definition says how to reach. */
export const schemaReader = (databases: DatabaseConnections): SchemaReader => ({
  revisions: async (stores) => {
    const store = storeOf(stores, "green").name;
    const { revision: sql } = stores.migration;
    if (sql === undefined) return unknown("no statement reads it");
    const connection = connectionTo(databases, store);
    return connection.known
      ? readRows(connection.value, { store, sql }, (rows) =>
          rows.map((row) => revisionIn(store, row)),
        )
      : connection;
  },
});

const revisionIn = (store: string, row: string): string => {
  const text = row.slice(1, -1);
  // What it gave instead may be anybody's data.
  if (!revisionPattern.test(text)) throw new NoAnswer(`${store} gave a row that is no revision`);
  return text;
};
