import { readFile } from "node:fs/promises";
import { Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { PostgresQuery } from "../../definition/figure.ts";
import { inWords } from "../../definition/units.ts";
import { bounded, NoAnswer, readTimeoutMilliseconds } from "./bounded.ts";
import type { Reading } from "./reading.ts";

/** Where a store answers, and who asks. */
export interface DatabaseConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `verified`: the server's certificate is; `none`: a rehearsal's, on this machine. */
  readonly tls: "verified" | "none";
  /** Path of the file with the authorities that sign its certificate; those that Node knows where there is none. */
  readonly authorities?: string;
  readonly timeoutMilliseconds?: number;
}

/**
 * What the first two rows of a statement come to, as of now. It runs in a transaction that may only read and is never
 * committed, and the server ends it before anybody here stops waiting.
 * @param understood told each row as Postgres writes it: `(5)` of one column, `()` of one that is null. What it throws
 * is why nobody knows.
 */
export const readRows = async <T>(
  connection: DatabaseConnection,
  { store, sql }: Pick<PostgresQuery, "store" | "sql">,
  understood: (rows: readonly string[]) => T,
): Promise<Reading<T>> => {
  const { Client, DatabaseError } = await loadPostgres();
  const timeout = connection.timeoutMilliseconds ?? readTimeoutMilliseconds;
  const limit = { milliseconds: Math.floor(timeout * 0.8) };
  return bounded(
    store,
    async (signal) => {
      const socket = new Socket();
      signal.addEventListener("abort", () => socket.destroy());
      const client = new Client({
        ...(await clientOptions(connection)),
        stream: () => socket,
      });
      // What breaks a connection reaches whoever waits for an answer; without a listener it would end the process.
      client.on("error", () => undefined);
      try {
        await client.connect();
        await client.query(
          `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${limit.milliseconds}`,
        );
        // With a parameter it is sent so that the server takes one statement only.
        const { rows } = await client.query<{ found: string }>(wrapped(sql), [longest]);
        await client.end();
        return understood(rows.map(({ found }) => found));
      } catch (error) {
        if (error instanceof DatabaseError) {
          throw plainRefusal(store, inWords(limit), error.code ?? "", error);
        }
        throw error instanceof Error && error.message.includes("SSL connection")
          ? new NoAnswer(`${store} offers no TLS, without which anybody could answer in its place`)
          : error;
      }
    },
    timeout,
  );
};

/** Postgres' client, which only those load who ask a database. */
export const loadPostgres = async () => (await import("pg")).default;

/** Characters of a row that are looked at: a number and a revision have fewer. */
const longest = 250;

/** The first two rows of what a statement reads, each as text that shows how many columns it has. */
const wrapped = (sql: string): string =>
  // A comment at its end must not swallow what follows.
  `SELECT left(ROW(figure.*)::text, $1) AS found FROM (\n${sql}\n) AS figure LIMIT 2`;

/**
 * Each option is given, so that none of the variables that Postgres' clients know has a say; `PGOPTIONS` could move
 * the question to another schema.
 */
const clientOptions = async ({
  host,
  port,
  database,
  user,
  password,
  tls,
  authorities,
}: DatabaseConnection) => ({
  ...{ host, port, database, user, password },
  ssl: tls === "none" ? false : await tlsOptions(authorities),
  sslnegotiation: "postgres" as const,
  application_name: "cutover",
  client_encoding: "UTF8",
  // A transaction that somebody's death leaves open is ended by the server.
  options: `-c idle_in_transaction_session_timeout=${readTimeoutMilliseconds}`,
});

const tlsOptions = async (authorities: string | undefined): Promise<ConnectionOptions> => {
  if (authorities === undefined) return { rejectUnauthorized: true };
  try {
    return { rejectUnauthorized: true, ca: await readFile(authorities, "utf8") };
  } catch {
    throw new NoAnswer(`${authorities}, which sources.databases names, cannot be read`);
  }
};

/** What a server refuses for good is said in words; anything else may come right. */
const plainRefusal = (store: string, limit: string, code: string, error: Error): Error => {
  if (code === "57014") return new NoAnswer(`${store} needs longer than ${limit} for it`);
  // No connection to be had, and transactions that got in each other's way.
  if (/^(08|40|53|57)/.test(code)) return error;
  if (code.startsWith("28")) return new NoAnswer(`${store} answered ${code}: wrong credentials`);
  if (code === "3D000") return new NoAnswer(`${store} has no database of that name`);
  if (code === "25006") return new NoAnswer(`${store} refused the statement, as it would write`);
  // These words are about the statement; those of other classes quote data.
  return code.startsWith("42")
    ? new NoAnswer(`${store} refused the statement: ${error.message.slice(0, 120)}`)
    : new NoAnswer(`${store} refused the statement with ${code}`);
};
