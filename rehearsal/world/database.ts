import { PGlite, type Transaction } from "@electric-sql/pglite";
import type { ExampleDatabase, ExampleMigration } from "../../definition/rehearsal-example.ts";

/** What a run of migrations did, with its log in Alembic's words. */
export interface MigrationResult {
  readonly ok: boolean;
  readonly log: string;
  readonly revision: string | undefined;
}

/** One SQL statement and the values of its parameters. */
export interface Statement {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

/**
 * How the next migrations fail: before anything changed, or with the first half of their statements kept. Without an
 * error: on another database, or with a table renamed that the application reads.
 */
export type MigrationFailure = "untouched" | "half-applied" | "elsewhere" | "table-renamed";

/** No connection to the database: it is cut off, or stopped. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

const noted = (line: string): string => `INFO  [alembic.runtime.migration] ${line}`;
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/**
 * A database of the world, of one side or of both: Postgres itself, in this process and in memory. A query of
 * one row takes 0.2–0.3 ms on the main thread (measured, PGlite 0.5.16), so it needs no thread of its own.
 */
export class Database {
  readonly #postgres: PGlite;
  readonly #migrations: readonly ExampleMigration[];
  #connected = true;
  #failure: MigrationFailure | undefined;

  private constructor(postgres: PGlite, migrations: readonly ExampleMigration[]) {
    this.#postgres = postgres;
    this.#migrations = migrations;
  }

  /** A database with the example's schema, as blue knows it, before any migration. */
  static async start(example: ExampleDatabase): Promise<Database> {
    const postgres = await PGlite.create();
    for (const statement of example.schema) await postgres.exec(statement);
    await postgres.exec(
      "CREATE TABLE IF NOT EXISTS alembic_version (version_num text PRIMARY KEY)",
    );
    return new Database(postgres, example.migrations);
  }

  /** @throws DatabaseUnavailable while it is cut off; otherwise what Postgres says. */
  async query(sql: string, parameters: readonly unknown[] = []): Promise<readonly unknown[]> {
    this.#requireConnection();
    return (await this.#postgres.query(sql, [...parameters])).rows;
  }

  /** Runs statements as one transaction. @throws DatabaseUnavailable while it is cut off. */
  async change(statements: readonly Statement[]): Promise<void> {
    this.#requireConnection();
    await this.#postgres.transaction(async (transaction) => {
      for (const { sql, parameters = [] } of statements) {
        await transaction.query(sql, [...parameters]);
      }
    });
  }

  /**
   * Lets one client of Postgres' protocol have the session to itself: its messages are answered as they come.
   * @throws DatabaseUnavailable while it is cut off.
   */
  async inSession(
    client: (send: (messages: Uint8Array) => Promise<Uint8Array>) => Promise<void>,
  ): Promise<void> {
    this.#requireConnection();
    await this.#postgres._runExclusiveTransaction(() =>
      client((messages) => this.#postgres.execProtocolRaw(messages)),
    );
  }

  /** Hears of what is notified on a channel. */
  async listen(channel: string, listener: () => void): Promise<void> {
    await this.#postgres.listen(channel, listener);
  }

  /** The revision in `alembic_version`; undefined before the first migration. */
  async revision(): Promise<string | undefined> {
    const rows = await this.query("SELECT version_num FROM alembic_version");
    return (rows as readonly { version_num: string }[])[0]?.version_num;
  }

  /** Applies the example's migrations in order up to and including `toRevision`, each in a transaction. */
  async migrate(toRevision?: string): Promise<MigrationResult> {
    const log: string[] = [];
    try {
      log.push(noted("Context impl PostgresqlImpl."));
      for (const { from, migration } of this.#ahead(await this.revision(), toRevision)) {
        log.push(noted(`Running upgrade ${from ?? ""} -> ${migration.revision}`));
        await this.#apply(migration);
      }
      return { ok: true, log: log.join("\n"), revision: await this.revision() };
    } catch (error) {
      log.push(`ERROR [alembic.util.messaging] ${messageOf(error)}`);
      const revision = this.#connected ? await this.revision() : undefined;
      return { ok: false, log: log.join("\n"), revision };
    }
  }

  /** Refuses connections from now on. */
  cut(): void {
    this.#connected = false;
  }

  /** Accepts connections again. */
  restore(): void {
    this.#connected = true;
  }

  /** Makes migrations fail until it is called with undefined. */
  failMigrations(failure: MigrationFailure | undefined): void {
    this.#failure = failure;
  }

  async stop(): Promise<void> {
    this.#connected = false;
    await this.#postgres.close();
  }

  #requireConnection(): void {
    if (!this.#connected) throw new DatabaseUnavailable("connection refused by the database");
  }

  #ahead(
    current: string | undefined,
    target: string | undefined,
  ): { from: string | undefined; migration: ExampleMigration }[] {
    const position = (revision: string): number => {
      const found = this.#migrations.findIndex((each) => each.revision === revision);
      if (found < 0) throw new Error(`Can't locate revision identified by '${revision}'`);
      return found;
    };
    const first = current === undefined ? 0 : position(current) + 1;
    const end = target === undefined ? this.#migrations.length : position(target) + 1;
    return this.#migrations.slice(first, end).map((migration, index, ahead) => ({
      from: ahead[index - 1]?.revision ?? current,
      migration,
    }));
  }

  async #apply({ revision, statements }: ExampleMigration): Promise<void> {
    this.#requireConnection();
    if (this.#failure === "elsewhere") return;
    if (this.#failure === "half-applied") {
      // Outside a transaction, as a migration does that builds an index concurrently.
      for (const statement of statements.slice(0, Math.ceil(statements.length / 2))) {
        await this.#postgres.exec(statement);
      }
    }
    await this.#postgres.transaction(async (transaction) => {
      if (this.#failure === "untouched" || this.#failure === "half-applied") {
        throw new Error("canceling statement due to lock timeout");
      }
      for (const statement of statements) await transaction.exec(statement);
      if (this.#failure === "table-renamed") await renameFirstTable(transaction);
      await transaction.exec("DELETE FROM alembic_version");
      await transaction.query("INSERT INTO alembic_version VALUES ($1)", [revision]);
    });
  }
}

/** Gives a table of the application a name that it does not know. */
const renameFirstTable = async (transaction: Transaction): Promise<void> => {
  const { rows } = await transaction.query<{ readonly name: string }>(
    "SELECT min(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
  );
  const name = rows[0]?.name ?? "";
  await transaction.exec(`ALTER TABLE "${name}" RENAME TO "${name}_of_green"`);
};
