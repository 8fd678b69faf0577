import pg from "pg";
import { request } from "undici";
import type { LiveCutover } from "./live-cutover.ts";

/** What migrations have left: the Jobs of the cluster as they stand, the database's revision and its columns. */
export interface Migrated {
  readonly jobs: readonly unknown[];
  readonly revisions: readonly string[];
  /** As `table.column`, in order of names. */
  readonly columns: readonly string[];
}

/** Asks cluster and database what migrations have left in the Leave Management System. */
export const migrated = async ({ world, operated }: LiveCutover): Promise<Migrated> => {
  const { workload } = operated.system;
  const { body } = await request(
    `${world.url}/kubernetes/apis/batch/v1/namespaces/${workload.namespace}/jobs`,
  );
  const { items: jobs } = (await body.json()) as { readonly items: readonly unknown[] };
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port: Number(new URL(world.url).port), database: "lms_production" },
    ...{ user: "rehearsal", password: "rehearsal", ssl: false },
  });
  await client.connect();
  const read = async (sql: string): Promise<readonly string[]> =>
    (await client.query<{ found: string }>(sql)).rows.map(({ found }) => found);
  const revisions = await read("SELECT version_num AS found FROM alembic_version");
  const columns = await read(
    `SELECT table_name || '.' || column_name AS found FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY 1`,
  );
  await client.end();
  return { jobs, revisions, columns };
};
