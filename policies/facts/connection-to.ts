import type { DatabaseConnection } from "./postgres-rows.ts";
import { unknown, type Reading } from "./reading.ts";

/** How the stores of a system are reached, by their names. */
export type DatabaseConnections = Readonly<Record<string, Reading<DatabaseConnection>>>;

/** How a store is reached. */
export const connectionTo = (
  databases: DatabaseConnections,
  store: string,
): Reading<DatabaseConnection> =>
  databases[store] ?? unknown(`nothing says where ${store} is reached`);
