import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oneDatabase, type Stores } from "../../../definition/stores.ts";
import type { Settled } from "../../../definition/tbd.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { schemaReader } from "../../../policies/facts/schema-reader.ts";
import { servePostgres } from "../../../rehearsal/world/data/postgres-session.ts";
import { Database } from "../../../rehearsal/world/database.ts";
import { settled } from "../plan-night.ts";
import { lms } from "../../../stacks/lms.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { localPostgres } from "./local-postgres.ts";

let database: Database;
beforeAll(async () => {
  database = await Database.start({
    schema: ["CREATE TABLE people (name text, note text)"],
    migrations: [{ revision: "4f2a9c7d1e30", statements: ["ALTER TABLE people ADD age int"] }],
  });
  await database.query("INSERT INTO people VALUES ('swordfish pie', NULL)");
});
afterAll(() => database.stop());

const { stores } = settled(lms);
const asking = (revision: string): Settled<Stores> => {
  if (stores.kind !== "one database") throw new Error("the LMS has one database");
  return oneDatabase({
    ...stores,
    migration: { ...stores.migration, revision },
  }) as Settled<Stores>;
};
const revisions = async (of: Settled<Stores> = stores) => {
  const { connection } = await localPostgres((socket) => {
    servePostgres(socket, () => database).catch(() => socket.destroy());
  });
  return schemaReader({ lms_production: known(connection) }).revisions(of);
};

// One database through one night: the tests build on one another.
test("S1-56: none before the first migration, the migration's after it, and both of two heads", async () => {
  expect(await revisions()).toEqual(known([]));
  await database.migrate();
  expect(await revisions()).toEqual(known(["4f2a9c7d1e30"]));
  await database.query("INSERT INTO alembic_version VALUES ('1a2b'), ('3c4d')");
  const several = await revisions();
  expect(several.known && several.value).toHaveLength(2);
});

test("a tool that keeps them in another way has a statement of its own", async () => {
  expect(await revisions(asking("SELECT max('20260110080000'::text)"))).toEqual(
    known(["20260110080000"]),
  );
  expect(await revisions(asking("SELECT 42"))).toEqual(known(["42"]));
  expect(await revisions(asking("SELECT 'V3.1__add-tenants:b+2'"))).toEqual(
    known(["V3.1__add-tenants:b+2"]),
  );
});

test("where no statement reads it nobody is asked", async () => {
  if (stores.kind !== "one database") throw new Error("the LMS has one database");
  const { revision: _, ...migration } = stores.migration;
  expect(await schemaReader({}).revisions({ ...stores, migration })).toEqual(
    unknown("no statement reads it"),
  );
});

describe("what is no revision is not known, and not shown", () => {
  test.for([
    ["a text", "SELECT name FROM people", "lms_production gave a row that is no revision"],
    ["nothing", "SELECT note FROM people", "lms_production gave a row that is no revision"],
    ["two columns", "SELECT 1, 2", "lms_production gave a row that is no revision"],
    ["a long text", "SELECT repeat('a', 9000)", "lms_production gave a row that is no revision"],
    ["no table", "SELECT version FROM versions", 'relation "versions" does not exist'],
    [
      "a write",
      "WITH gone AS (DELETE FROM people RETURNING 1) SELECT 1",
      "refused the statement with 0A000",
    ],
  ] as const)("%s", async ([, sql, reason]) => {
    const reading = await revisions(asking(sql));
    expect(reading).toMatchObject({ known: false, reason: expect.stringContaining(reason) });
    expect(JSON.stringify(reading)).not.toContain("swordfish");
  });
});

test("S1-35: a database that is cut off does not answer", async () => {
  database.cut();
  expect(await revisions()).toMatchObject({ known: false });
  database.restore();
});

test("of two stores green's is asked", async () => {
  const reader = schemaReader({ rawdog: unknown("blue's"), rawdog_platform: unknown("green's") });
  expect(await reader.revisions(settled(rawdog).stores)).toEqual(unknown("green's"));
});

test("one that nobody says how to reach is not known", async () =>
  expect(await schemaReader({}).revisions(stores)).toEqual(
    unknown("nothing says where lms_production is reached"),
  ));
