import type { CopiedTable } from "../../../definition/rehearsal-example.ts";

/** A name as SQL quotes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const outbox = "sync_outbox";

/** What an outbox needs: its table, and a function for triggers that takes the name of the key's column. */
export const outboxStatements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS ${outbox} (
    position bigserial PRIMARY KEY,
    "table" text NOT NULL,
    key text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  `CREATE OR REPLACE FUNCTION ${outbox}_capture() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    before text := to_jsonb(OLD) ->> TG_ARGV[0];
    after text := to_jsonb(NEW) ->> TG_ARGV[0];
  BEGIN
    IF before IS DISTINCT FROM after AND before IS NOT NULL THEN
      INSERT INTO ${outbox} ("table", key) VALUES (TG_TABLE_NAME, before);
    END IF;
    IF after IS NOT NULL THEN
      INSERT INTO ${outbox} ("table", key) VALUES (TG_TABLE_NAME, after);
    END IF;
    PERFORM pg_notify('${outbox}', '');
    RETURN NULL;
  END $$`,
];

/** From here on every second change does not enter the outbox. */
export const missStatements: readonly string[] = [
  `CREATE OR REPLACE FUNCTION ${outbox}_miss() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RETURN NULL;
  END $$`,
  `CREATE OR REPLACE TRIGGER ${outbox}_miss BEFORE INSERT ON ${outbox}
   FOR EACH ROW WHEN (NEW.position % 2 = 0) EXECUTE FUNCTION ${outbox}_miss()`,
];

/** Captures each write to a table. As any trigger, it does not fire for who has the role of a replica. */
export const captureStatement = ({ name, key }: CopiedTable): string =>
  `CREATE OR REPLACE TRIGGER ${outbox}_capture AFTER INSERT OR UPDATE OR DELETE ON ${quoted(name)}
   FOR EACH ROW EXECUTE FUNCTION ${outbox}_capture('${key.replaceAll("'", "''")}')`;
