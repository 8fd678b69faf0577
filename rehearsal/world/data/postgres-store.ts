import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import type { Database } from "../database.ts";
import { captureStatement, missStatements, outbox, outboxStatements, quoted } from "./capture.ts";
import {
  columnsOf,
  lineMarks,
  type Backlog,
  type Change,
  type CopiedStore,
  type Row,
} from "./copied-store.ts";

type ColumnTypes = ReadonlyMap<string, string>;

/** The copied tables of a Postgres, with triggers that capture writes. */
export class PostgresStore implements CopiedStore {
  readonly #database: Database;
  readonly #tables: readonly CopiedTable[];
  readonly #listeners = new Set<() => void>();
  readonly #types = new Map<string, ColumnTypes>();

  private constructor(database: Database, tables: readonly CopiedTable[]) {
    this.#database = database;
    this.#tables = tables;
  }

  /** Captures from now on, in each copied table that is there already. */
  static async start(database: Database, tables: readonly CopiedTable[]): Promise<PostgresStore> {
    const store = new PostgresStore(database, tables);
    await database.change(outboxStatements.map((sql) => ({ sql })));
    await database.listen(outbox, () => {
      for (const listener of [...store.#listeners]) listener();
    });
    await store.prepare();
    return store;
  }

  async prepare(): Promise<boolean> {
    let complete = true;
    for (const table of this.#tables) {
      const types = await this.#columnTypes(table);
      if (columnsOf(table).every((column) => types.has(column))) {
        await this.#database.change([{ sql: captureStatement(table) }]);
        this.#types.set(table.name, types);
      } else complete = false;
    }
    return complete;
  }

  onCapture(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async waiting(most?: number): Promise<readonly Change[]> {
    return (await this.#database.query(
      `SELECT position::float8 AS position, "table", key FROM ${outbox} ORDER BY position LIMIT $1`,
      [most ?? null],
    )) as readonly Change[];
  }

  async backlog(): Promise<Backlog> {
    const [found] = (await this.#database.query(
      `SELECT count(*)::int AS changes, (extract(epoch FROM min(at)) * 1000)::float8 AS oldest FROM ${outbox}`,
    )) as readonly { changes: number; oldest: number | null }[];
    return { changes: found?.changes ?? 0, oldest: found?.oldest ?? undefined };
  }

  async copied(upTo: number): Promise<void> {
    await this.#database.query(`DELETE FROM ${outbox} WHERE position <= $1`, [upTo]);
  }

  async keys(table: CopiedTable): Promise<readonly string[]> {
    return this.#texts(`SELECT ${quoted(table.key)}::text AS text FROM ${quoted(table.name)}`);
  }

  async references(table: CopiedTable): Promise<readonly string[]> {
    return this.#texts(
      `SELECT ${quoted(table.reference)}::text AS text FROM ${quoted(table.name)}`,
    );
  }

  async read(table: CopiedTable, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const columns = columnsOf(table).map(
      (column) => `${quoted(column)}::text AS ${quoted(column)}`,
    );
    const rows = (await this.#database.query(
      `SELECT ${columns.join(", ")} FROM ${quoted(table.name)} WHERE ${this.#keyIsOne(table)}`,
      [keys],
    )) as readonly Row[];
    return new Map(rows.map((row) => [row[table.key] ?? "", row]));
  }

  async apply(table: CopiedTable, rows: readonly Row[], gone: readonly string[]): Promise<void> {
    const columns = columnsOf(table);
    const values = columns.map(
      (column) => `(given ->> '${column.replaceAll("'", "''")}')::${this.#typeOf(table, column)}`,
    );
    const changes = columns
      .filter((column) => column !== table.key)
      .map((column) => `${quoted(column)} = EXCLUDED.${quoted(column)}`);
    await this.#database.change([
      // The role in which Postgres itself applies replicated rows: triggers and foreign keys are the origin's.
      { sql: "SET LOCAL session_replication_role = replica" },
      {
        sql: `INSERT INTO ${quoted(table.name)} (${columns.map(quoted).join(", ")})
              SELECT ${values.join(", ")} FROM jsonb_array_elements($1::jsonb) AS given
              ON CONFLICT (${quoted(table.key)}) DO UPDATE SET ${changes.join(", ")}`,
        parameters: [JSON.stringify(rows)],
      },
      {
        sql: `DELETE FROM ${quoted(table.name)} WHERE ${this.#keyIsOne(table)}`,
        parameters: [gone],
      },
    ]);
  }

  async checksums(table: CopiedTable): Promise<ReadonlyMap<string, string>> {
    const key = `${quoted(table.key)}::text`;
    const rows = (await this.#database.query(
      `SELECT right(${key}, 1) AS part,
              count(*) || ':' || md5(string_agg(${lineOf(table)}, E'\\n' ORDER BY ${key} COLLATE "C")) AS checksum
       FROM ${quoted(table.name)} GROUP BY 1`,
    )) as readonly { part: string; checksum: string }[];
    return new Map(rows.map(({ part, checksum }) => [part, checksum]));
  }

  async lines(table: CopiedTable, part: string): Promise<ReadonlyMap<string, string>> {
    const key = `${quoted(table.key)}::text`;
    const rows = (await this.#database.query(
      `SELECT ${key} AS key, ${lineOf(table)} AS line FROM ${quoted(table.name)} WHERE right(${key}, 1) = $1`,
      [part],
    )) as readonly { key: string; line: string }[];
    return new Map(rows.map(({ key: found, line }) => [found, line]));
  }

  /**
   * Changes a column of one row behind the back of whatever captures, as somebody with all rights could.
   * @returns the row's key; undefined where no copied table has a row to change.
   */
  async changeUnnoticed(): Promise<{ table: string; key: string } | undefined> {
    for (const table of this.#tables) {
      const column = table.columns.find((name) => name !== table.key && name !== table.reference);
      const [key] = await this.#texts(
        `SELECT ${quoted(table.key)}::text AS text FROM ${quoted(table.name)} ORDER BY 1 LIMIT 1`,
      );
      if (column === undefined || key === undefined) continue;
      const other = /int|numeric|double|real/.test(this.#typeOf(table, column))
        ? `coalesce(${quoted(column)}, 0) + 1`
        : `${quoted(column)} || '*'`;
      await this.#database.change([
        { sql: "SET LOCAL session_replication_role = replica" },
        {
          sql: `UPDATE ${quoted(table.name)} SET ${quoted(column)} = ${other} WHERE ${quoted(table.key)}::text = $1`,
          parameters: [key],
        },
      ]);
      return { table: table.name, key };
    }
    return undefined;
  }

  /** From here on misses every second change. */
  async missChanges(): Promise<void> {
    await this.#database.change(missStatements.map((sql) => ({ sql })));
  }

  async #columnTypes({ name }: CopiedTable): Promise<ColumnTypes> {
    const rows = (await this.#database.query(
      `SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
      [quoted(name)],
    )) as readonly { column: string; type: string }[];
    return new Map(rows.map(({ column, type }) => [column, type]));
  }

  #typeOf({ name }: CopiedTable, column: string): string {
    const type = this.#types.get(name)?.get(column);
    if (type === undefined) throw new Error(`there is no column ${column} in a table ${name} yet`);
    return type;
  }

  #keyIsOne(table: CopiedTable): string {
    return `${quoted(table.key)} = ANY (CAST($1::text[] AS ${this.#typeOf(table, table.key)}[]))`;
  }

  async #texts(sql: string): Promise<readonly string[]> {
    const rows = (await this.#database.query(sql)) as readonly { text: string }[];
    return rows.map(({ text }) => text);
  }
}

const lineOf = (table: CopiedTable): string => {
  const columns = columnsOf(table).map(
    (column) => `coalesce(${quoted(column)}::text, '${lineMarks.nothing}')`,
  );
  return `concat_ws('${lineMarks.between}', ${columns.join(", ")})`;
};
