import type { Freeze } from "../../../definition/freeze.ts";
import type { ExampleStores } from "../../../definition/rehearsal-example.ts";
import type { CutoverClock } from "../../clock.ts";
import type { JobRun } from "../controllers/job-controller.ts";
import { Database } from "../database.ts";
import type { Container } from "../pods/container.ts";
import { Copier } from "./copier.ts";
import { accountForData, type DataAccount } from "./data-account.ts";
import type { Difference } from "./differences.ts";
import { DocumentStore } from "./document-store.ts";
import { Documents } from "./documents.ts";
import { finalSync, type FinalSyncFailure } from "./final-sync.ts";
import { PostgresStore } from "./postgres-store.ts";
import { SyncWorker } from "./sync-worker.ts";
import type { WorldData } from "./world-data.ts";

/** What copies between two stores, and what can happen to it. */
export interface Copying {
  /** Starts a process that copies until it is stopped; it reports under the name of a service. */
  startWorker(service: string): Promise<Container>;
  /** Runs the final sync once. */
  finalSync(freeze: () => Freeze | undefined, signal: AbortSignal): Promise<JobRun>;
  /** Lets the copying stand still or go on; processes live. */
  stall(stalled: boolean): void;
  /** One final sync fails for each call, in their order. */
  failFinalSync(failure: FinalSyncFailure): void;
  /** Changes a row of green behind the copying. @throws Error where there is none. */
  changeRow(): Promise<void>;
  /** From here on the capture of both stores misses every second change. */
  missChanges(): Promise<void>;
  /** Accounts for writes by their references, once the copying has caught up. */
  account(written: readonly string[]): Promise<DataAccount>;
}

/** Starts a store for each side, with nothing between them yet. */
export const startTwoStores = async (
  { blue: example, green: { schema }, migrations, copied: tables }: ExampleStores,
  clock: CutoverClock,
): Promise<WorldData & { readonly copying: Copying }> => {
  const [blueHolds, greenDatabase] = await Promise.all([
    "schema" in example
      ? Database.start({ schema: example.schema, migrations: [] })
      : new Documents(example.collections, tables),
    Database.start({ schema, migrations }),
  ]);
  const blue =
    blueHolds instanceof Documents
      ? new DocumentStore(blueHolds, tables)
      : await PostgresStore.start(blueHolds, tables);
  if (!(await blue.prepare())) throw new Error("blue's store does not have all of what is copied");
  const green = await PostgresStore.start(greenDatabase, tables);
  const stores = { blue, green, tables };
  const copier = new Copier(stores);
  const changedByFaults: Difference[] = [];
  let stalled = false;
  let isCaptureIncomplete = false;
  const failures: FinalSyncFailure[] = [];
  const changeRow = async (): Promise<void> => {
    const changed = await green.changeUnnoticed();
    if (changed === undefined) throw new Error("green's store has no copied row yet");
    changedByFaults.push(changed);
  };
  const restore = (): void => {
    blueHolds.restore();
    greenDatabase.restore();
  };
  return {
    storeOf: (side) => (side === "blue" ? blueHolds : greenDatabase),
    migrate: async (toRevision) => {
      const result = await greenDatabase.migrate(toRevision);
      if (result.ok) await green.prepare();
      return result;
    },
    failMigrations: (how) => {
      greenDatabase.failMigrations(how);
    },
    cut: () => {
      blueHolds.cut();
      greenDatabase.cut();
    },
    restore,
    copying: {
      startWorker: (service) =>
        SyncWorker.start({ stores, copier, clock, service, stalled: () => stalled }),
      finalSync: async (freeze, signal) => {
        const failure = failures.shift();
        return finalSync({ stores, copier, clock, freeze, failure, changeRow }, signal);
      },
      stall: (now) => {
        stalled = now;
      },
      failFinalSync: (how) => {
        failures.push(how);
      },
      changeRow,
      missChanges: async () => {
        isCaptureIncomplete = true;
        await Promise.all([blue.missChanges(), green.missChanges()]);
      },
      account: async (written) => {
        // Whatever a fault stopped goes on: what counts is whether anything was lost meanwhile.
        restore();
        stalled = false;
        return accountForData({ stores, copier, written, changedByFaults, isCaptureIncomplete });
      },
    },
    stop: async () => {
      await Promise.all([
        greenDatabase.stop(),
        blueHolds instanceof Documents ? undefined : blueHolds.stop(),
      ]);
    },
  };
};
