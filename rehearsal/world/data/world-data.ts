import type { SettledSystem } from "../../../definition/system.ts";
import type { CutoverClock } from "../../clock.ts";
import type { ApplicationStore } from "../application/example-answers.ts";
import type { Side } from "../behaviour.ts";
import { Database, type MigrationFailure, type MigrationResult } from "../database.ts";
import { startTwoStores, type Copying } from "./two-stores.ts";

/** The data of a world: one database of both sides, or a store of each. */
export interface WorldData {
  storeOf(side: Side): ApplicationStore;
  /** Runs the migrations that green needs, up to a revision. */
  migrate(toRevision: string): Promise<MigrationResult>;
  failMigrations(failure: MigrationFailure): void;
  /** Refuses every connection from now on. */
  cut(): void;
  restore(): void;
  /** What copies between two stores; undefined with one database. */
  readonly copying: Copying | undefined;
  stop(): Promise<void>;
}

/** Starts the stores of a system's example. */
export const startWorldData = async (
  system: SettledSystem,
  clock: CutoverClock,
): Promise<WorldData> => {
  const { data } = system.rehearsal;
  if ("copied" in data) return startTwoStores(data, clock);
  const database = await Database.start(data);
  return {
    storeOf: () => database,
    migrate: (toRevision) => database.migrate(toRevision),
    failMigrations: (failure) => {
      database.failMigrations(failure);
    },
    cut: () => {
      database.cut();
    },
    restore: () => {
      database.restore();
    },
    copying: undefined,
    stop: () => database.stop(),
  };
};
