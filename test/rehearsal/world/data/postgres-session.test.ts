import { createServer, type AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servePostgres } from "../../../../rehearsal/world/data/postgres-session.ts";
import { Database } from "../../../../rehearsal/world/database.ts";

let database: Database;
const server = createServer((socket) => {
  servePostgres(socket, (name) => (name === "shop" ? database : undefined)).catch(() =>
    socket.destroy(),
  );
});

beforeAll(async () => {
  database = await Database.start({ schema: ["CREATE TABLE orders (id int)"], migrations: [] });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.close();
  await database.stop();
});

const client = (changes: pg.ClientConfig = {}): pg.Client =>
  new pg.Client({
    ...{ host: "127.0.0.1", port: (server.address() as AddressInfo).port, database: "shop" },
    ...{ user: "rehearsal", password: "rehearsal", ssl: false },
    ...changes,
  });
const orders = () => database.query("SELECT count(*)::int AS held FROM orders");

test("the usual client writes and reads, by simple queries and by those with parameters", async () => {
  const shop = client();
  await shop.connect();
  await shop.query("BEGIN; INSERT INTO orders VALUES (1)");
  await shop.query("INSERT INTO orders VALUES ($1)", [2]);
  await shop.query("COMMIT");
  await expect(shop.query("SELECT nothing")).rejects.toThrow('column "nothing" does not exist');
  expect((await shop.query("SELECT id FROM orders ORDER BY id")).rows).toEqual([
    { id: 1 },
    { id: 2 },
  ]);
  await shop.end();
  expect(await orders()).toEqual([{ held: 2 }]);
});

test("who leaves in the middle of a transaction leaves nothing, and holds nobody up", async () => {
  const shop = client();
  await shop.connect();
  await shop.query("BEGIN; DELETE FROM orders");
  const waiting = orders();
  await shop.end();
  expect(await waiting).toEqual([{ held: 2 }]);
});

test("nobody is let in under another name, or to another database", async () => {
  await expect(client({ password: "guessed" }).connect()).rejects.toThrow("password");
  await expect(client({ user: "guest" }).connect()).rejects.toThrow("password");
  await expect(client({ database: "other" }).connect()).rejects.toThrow("does not exist");
});

test("a database that is cut off ends what its clients ask", async () => {
  const shop = client();
  shop.on("error", () => undefined);
  await shop.connect();
  database.cut();
  try {
    await expect(shop.query("SELECT 1")).rejects.toThrow();
  } finally {
    database.restore();
  }
});
