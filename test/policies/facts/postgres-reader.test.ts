import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { postgres } from "../../../definition/figure.ts";
import { readPostgres } from "../../../policies/facts/postgres-reader.ts";
import { servePostgres } from "../../../rehearsal/world/data/postgres-session.ts";
import { Database } from "../../../rehearsal/world/database.ts";
import { localPostgres, refusing } from "./local-postgres.ts";
import { selfSigned } from "./self-signed.ts";

const now = Date.parse("2026-01-10T22:00:00Z");
let database: Database;

beforeAll(async () => {
  database = await Database.start({
    schema: [
      "CREATE TABLE orders (id int, customer text)",
      "INSERT INTO orders VALUES (1, 'swordfish'), (2, NULL)",
      "CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM orders RETURNING 1'",
    ],
    migrations: [],
  });
});
afterAll(() => database.stop());

const shop = () =>
  localPostgres((socket) => {
    void servePostgres(socket, (name) => (name === "shop" ? database : undefined));
  });
const ask = async (
  sql: string,
  changes: Partial<Awaited<ReturnType<typeof shop>>["connection"]> = {},
) =>
  readPostgres(
    { ...(await shop()).connection, ...changes },
    postgres({ store: "rawdog", sql }),
    now,
  );

test.for([
  ["SELECT count(*) FROM orders", 2],
  ["SELECT 1.5 -- with a remark", 1.5],
  ["WITH one AS (SELECT -3::numeric AS n) SELECT n FROM one", -3],
] as const)("%s is a number of this instant", async ([sql, value]) =>
  expect(await ask(sql)).toEqual({ known: true, value: { value, at: now } }),
);

describe("a statement that is no figure", () => {
  test.for([
    ["without a row", "SELECT id FROM orders WHERE id = 9", "rawdog gave no row for it"],
    ["of two rows", "SELECT id FROM orders", "rawdog gave more than one row"],
    ["of two columns", "SELECT 1, 2", "rawdog gave no single number"],
    ["of two columns of one name", "SELECT 1 AS n, 2 AS n", "rawdog gave no single number"],
    ["null", "SELECT NULL::int", "rawdog has no value for it"],
    ["NaN", "SELECT 'NaN'::float8", "rawdog gave no single number"],
    ["infinite", "SELECT 'Infinity'::float8", "rawdog gave no single number"],
    ["text", "SELECT customer FROM orders WHERE id = 1", "rawdog gave no single number"],
    ["huge", "SELECT repeat('1', 20000000)", "rawdog gave no single number"],
    ["of a table that is not there", "SELECT 1 FROM nowhere", 'relation "nowhere" does not exist'],
    [
      "that stumbles over data",
      "SELECT customer::int FROM orders",
      "refused the statement with 22",
    ],
    ["that is two", "SELECT 1; SELECT 2", "rawdog refused the statement"],
  ] as const)("%s", async ([, sql, reason]) => {
    const reading = await ask(sql);
    expect(reading).toMatchObject({ known: false, reason: expect.stringContaining(reason) });
    expect(JSON.stringify(reading)).not.toContain("swordfish");
  });
});

describe("it can write nothing", () => {
  test.for([
    "SELECT wipe()",
    "DELETE FROM orders RETURNING 1",
    "WITH gone AS (DELETE FROM orders RETURNING 1) SELECT count(*) FROM gone",
    "SELECT 1) AS figure; COMMIT; DELETE FROM orders; --",
    "SELECT set_config('transaction_read_only', 'off', false)::int",
    "SELECT count(*) FROM orders FOR UPDATE",
  ])("%s", async (sql) => {
    expect(await ask(sql)).toMatchObject({ known: false });
    expect(await database.query("SELECT count(*)::int AS kept FROM orders")).toEqual([{ kept: 2 }]);
  });
  test("and says so", async () =>
    expect(await ask("SELECT wipe()")).toEqual({
      known: false,
      reason: "rawdog refused the statement, as it would write",
    }));
});

test("the server is told to give up before the reader does, and is not asked again then", async () => {
  const limit = "SELECT extract(epoch FROM current_setting('statement_timeout')::interval) * 1000";
  expect(await ask(limit)).toMatchObject({ value: { value: 4_000 } });
  const slow = await localPostgres(refusing("57014", "canceling statement"));
  expect(
    await readPostgres(slow.connection, postgres({ store: "rawdog", sql: "SELECT 1" }), now),
  ).toEqual({ known: false, reason: "rawdog needs longer than 4 s for it" });
  expect(slow.connected()).toBe(1);
});

test("the application waits for a figure that is being read, and goes on after it", async () => {
  const [figure, row] = await Promise.all([
    ask("SELECT count(*) FROM orders"),
    database.query("SELECT 1 AS one"),
  ]);
  expect(figure).toMatchObject({ known: true });
  expect(row).toEqual([{ one: 1 }]);
});

test("no variable of Postgres' clients has a say", async () => {
  const moved = {
    ...{ PGHOST: "evil.example", PGPORT: "1", PGUSER: "evil", PGDATABASE: "evil" },
    ...{ PGPASSWORD: "evil", PGSSLMODE: "no-verify", PGSSLNEGOTIATION: "direct" },
    ...{ PGOPTIONS: "-c search_path=evil", PGAPPNAME: "evil" },
  };
  Object.assign(process.env, moved);
  try {
    expect(await ask("SELECT count(*) FROM orders")).toMatchObject({ value: { value: 2 } });
  } finally {
    for (const name of Object.keys(moved)) Reflect.deleteProperty(process.env, name);
  }
});

describe("who does not answer as it should", () => {
  const sql = postgres({ store: "rawdog", sql: "SELECT 1" });
  test("wrong credentials are named, and not shown", async () => {
    const reading = await ask("SELECT 1", { password: "swordfish" });
    expect(reading).toEqual({ known: false, reason: "rawdog answered 28P01: wrong credentials" });
  });
  test("no database of that name", async () =>
    expect(await ask("SELECT 1", { database: "other" })).toEqual({
      known: false,
      reason: "rawdog has no database of that name",
    }));
  test("nobody there", async () =>
    expect(await ask("SELECT 1", { port: 9 })).toEqual({
      known: false,
      reason: "rawdog refuses connections",
    }));
  test("nothing is said", async () => {
    const { connection } = await localPostgres(() => undefined);
    expect(await readPostgres({ ...connection, timeoutMilliseconds: 200 }, sql, now)).toEqual({
      known: false,
      reason: "rawdog did not answer within 200 ms",
    });
  });
  test("something else is said", async () => {
    const { connection } = await localPostgres((socket) =>
      socket.on("data", () => socket.write("HTTP/1.1 400 swordfish\r\n\r\n")),
    );
    expect(await readPostgres({ ...connection, timeoutMilliseconds: 200 }, sql, now)).toEqual({
      known: false,
      reason: "rawdog did not answer within 200 ms",
    });
  });
  test("a connection that is cut, or refused for now, is tried once more", async () => {
    const cut = await localPostgres((socket) => socket.destroy());
    expect(await readPostgres(cut.connection, sql, now)).toMatchObject({ known: false });
    expect(cut.connected()).toBe(2);
    const full = await localPostgres(refusing("53300", "too many clients"));
    expect(await readPostgres(full.connection, sql, now)).toMatchObject({ known: false });
    expect(full.connected()).toBe(2);
  });
  test("no TLS is offered", async () => {
    const { connection } = await localPostgres((socket) =>
      socket.on("data", () => socket.write("N")),
    );
    expect(await readPostgres({ ...connection, tls: "verified" }, sql, now)).toEqual({
      known: false,
      reason: "rawdog offers no TLS, without which anybody could answer in its place",
    });
  });
  test("authorities that nobody can read", async () => {
    const { connection } = await localPostgres(() => undefined);
    const authorities = "/nowhere/authorities.pem";
    expect(await readPostgres({ ...connection, tls: "verified", authorities }, sql, now)).toEqual({
      known: false,
      reason: "/nowhere/authorities.pem, which sources.databases names, cannot be read",
    });
  });
});

/** The shop over TLS, with a certificate for an address, and a file with the authority that signed it. */
const shopOverTls = async (address: string) => {
  const { key, cert } = selfSigned(address);
  const { connection } = await localPostgres((socket) => {
    socket.once("data", () => {
      socket.write("S");
      const secure = new TLSSocket(socket, { isServer: true, key, cert });
      secure.on("error", () => undefined);
      void servePostgres(secure, () => database);
    });
  });
  const folder = await mkdtemp(join(tmpdir(), "authorities-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const authorities = join(folder, "authorities.pem");
  await writeFile(authorities, cert);
  return { connection: { ...connection, tls: "verified" as const }, authorities };
};

describe("over TLS", () => {
  const sql = postgres({ store: "rawdog", sql: "SELECT count(*) FROM orders" });
  test("a server is believed that the named authorities signed for", async () => {
    const { connection, authorities } = await shopOverTls("127.0.0.1");
    expect(await readPostgres({ ...connection, authorities }, sql, now)).toMatchObject({
      value: { value: 2 },
    });
  });
  test("one that nobody known signed for is not", async () => {
    const { connection } = await shopOverTls("127.0.0.1");
    expect(await readPostgres(connection, sql, now)).toEqual({
      known: false,
      reason: "rawdog is not reachable: DEPTH_ZERO_SELF_SIGNED_CERT",
    });
  });
  test("nor one with somebody else's certificate", async () => {
    const { connection, authorities } = await shopOverTls("127.0.0.2");
    expect(await readPostgres({ ...connection, authorities }, sql, now)).toEqual({
      known: false,
      reason: "rawdog is not reachable: ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });
});
