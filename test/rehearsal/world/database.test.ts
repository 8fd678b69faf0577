import { afterAll, beforeAll, expect, test } from "vitest";
import { Database } from "../../../rehearsal/world/database.ts";
import { smallData } from "./small-example.ts";

let database: Database;
beforeAll(async () => {
  database = await Database.start(smallData);
});
afterAll(() => database.stop());

// One database through one night: the tests build on one another.
test("begins as blue knows it, without a revision", async () => {
  expect(await database.revision()).toBeUndefined();
  expect(await database.query("SELECT name FROM employees WHERE id = $1", [7])).toEqual([
    { name: "Employee 7" },
  ]);
});

test("a migration that fails leaves schema and revision as they were", async () => {
  database.failMigrations("untouched");
  expect(await database.migrate()).toMatchObject({ ok: false, revision: undefined });
  database.failMigrations(undefined);
  await expect(database.query("SELECT state FROM leaves")).rejects.toThrow(/state/);
});

test("a migration of another database ends well, and leaves this one as it was", async () => {
  database.failMigrations("elsewhere");
  expect(await database.migrate()).toMatchObject({ ok: true, revision: undefined });
  database.failMigrations(undefined);
  await expect(database.query("SELECT state FROM leaves")).rejects.toThrow(/state/);
});

test("migrates to a revision and records it", async () => {
  const { ok, log, revision } = await database.migrate("a1");
  expect({ ok, revision }).toEqual({ ok: true, revision: "a1" });
  expect(log).toContain("Running upgrade  -> a1");
  expect(await database.query("SELECT state FROM leaves")).toEqual([]);
});

test("a half-applied migration keeps its first half, not its revision, and cannot run again", async () => {
  database.failMigrations("half-applied");
  expect(await database.migrate()).toMatchObject({ ok: false, revision: "a1" });
  database.failMigrations(undefined);
  expect(await database.query("SELECT id FROM approvals")).toEqual([]);
  expect((await database.migrate()).log).toMatch(/ERROR .*already exists/);
  await database.query("DROP TABLE approvals");
});

test("migrates to the head, and a second time changes nothing", async () => {
  expect(await database.migrate()).toMatchObject({ ok: true, revision: "b2" });
  const again = await database.migrate();
  expect(again).toMatchObject({ ok: true, revision: "b2" });
  expect(again.log).not.toContain("Running upgrade");
});

test("an unknown revision is an error that names it", async () => {
  const { ok, log } = await database.migrate("zz");
  expect(ok).toBe(false);
  expect(log).toContain("'zz'");
});

test("refuses connections while it is cut, and keeps its rows", async () => {
  database.cut();
  await expect(database.query("SELECT 1")).rejects.toThrow("connection refused");
  expect(await database.migrate()).toMatchObject({ ok: false, revision: undefined });
  database.restore();
  expect(await database.revision()).toBe("b2");
});

test("a migration can end well and take a table away that the application reads", async () => {
  const broken = await Database.start(smallData);
  broken.failMigrations("table-renamed");
  expect(await broken.migrate("a1")).toMatchObject({ ok: true, revision: "a1" });
  await expect(broken.query("SELECT name FROM employees")).rejects.toThrow(/employees/);
  expect(await broken.query("SELECT name FROM employees_of_green WHERE id = 7")).toHaveLength(1);
  await broken.stop();
});
