import type { PostgresQuery } from "../../definition/figure.ts";
import { NoAnswer } from "./bounded.ts";
import type { Newest } from "./facts.ts";
import { readRows, type DatabaseConnection } from "./postgres-rows.ts";
import type { Reading } from "./reading.ts";

/**
 * The one number that a statement reads, as of now.
 * @param now milliseconds since the epoch
 */
export const readPostgres = (
  connection: DatabaseConnection,
  query: PostgresQuery,
  now: number,
): Promise<Reading<Newest>> =>
  readRows(connection, query, (rows) => ({ value: numberIn(query.store, rows), at: now }));

const numberIn = (store: string, rows: readonly string[]): number => {
  const [only, ...others] = rows;
  if (only === undefined) throw new NoAnswer(`${store} gave no row for it`);
  if (others.length > 0) throw new NoAnswer(`${store} gave more than one row`);
  if (only === "()") throw new NoAnswer(`${store} has no value for it`);
  const text = /^\((-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\)$/i.exec(only)?.[1];
  // What it gave instead may be anybody's data.
  if (text === undefined) throw new NoAnswer(`${store} gave no single number`);
  return Number(text);
};
