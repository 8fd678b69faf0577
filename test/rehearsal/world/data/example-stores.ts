import type { CopiedTable, ExampleStores } from "../../../../definition/rehearsal-example.ts";

/** What tests copy: orders of persons, each with the reference of the write that made it. */
export const orders: CopiedTable = {
  ...{ name: "orders", key: "id", reference: "reference", columns: ["person", "note"] },
};

const table = `CREATE TABLE orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person int NOT NULL,
  reference text NOT NULL UNIQUE,
  note text
)`;

/** A Postgres on each side; green's gets the table with its first migration, and a column of its own. */
export const twoPostgres: ExampleStores = {
  blue: {
    schema: [
      table,
      "INSERT INTO orders (person, reference, note) SELECT n, 'example ' || n, 'it''s \"here\"' FROM generate_series(1, 100) n",
    ],
  },
  green: { schema: ["CREATE TABLE tenants (id int PRIMARY KEY)"] },
  migrations: [
    {
      revision: "a1",
      statements: [table, "ALTER TABLE orders ADD COLUMN tenant int NOT NULL DEFAULT 1"],
    },
  ],
  copied: [orders],
};

/** Documents on blue, Postgres on green. */
export const documentsAndPostgres: ExampleStores = {
  ...twoPostgres,
  blue: { collections: { orders: 100, sessions: 5 } },
  copied: [{ ...orders, columns: ["person"] }],
};
