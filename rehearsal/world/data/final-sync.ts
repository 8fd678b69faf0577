import type { Freeze } from "../../../definition/freeze.ts";
import type { CutoverClock } from "../../clock.ts";
import type { JobRun } from "../controllers/job-controller.ts";
import { columnsOf } from "./copied-store.ts";
import type { Copier, CopierOptions } from "./copier.ts";
import { differences, type Difference } from "./differences.ts";

/** How the next final sync fails: it takes longer than it may, or a row of green is another one. */
export type FinalSyncFailure = "slow" | "mismatch";

export interface FinalSyncOptions {
  readonly stores: CopierOptions;
  readonly copier: Copier;
  readonly clock: CutoverClock;
  /** The freeze while it is in force. */
  readonly freeze: () => Freeze | undefined;
  readonly failure: FinalSyncFailure | undefined;
  /** Changes a row of green behind the copying. */
  readonly changeRow: () => Promise<void>;
}

/** Longer than any final sync may take, cutover milliseconds. */
const TOO_LONG = 3_600_000;
/** Keys that a log line names at most. */
const NAMED = 3;

/**
 * One run of the final sync: copies what still waits while nobody writes, then compares every copied row. Its last
 * line says what went wrong.
 */
export const finalSync = async (
  options: FinalSyncOptions,
  signal: AbortSignal,
): Promise<JobRun> => {
  const { stores, copier, clock, freeze, failure } = options;
  const log: string[] = [];
  const ended = (ok: boolean, line: string): JobRun => ({ ok, log: [...log, line].join("\n") });
  const frozen = freeze();
  if (frozen === undefined)
    return ended(false, "refused: no freeze is in force, so writes may go on");
  log.push(`frozen by ${frozen.holder} until ${new Date(frozen.ends).toISOString()}`);
  if (failure === "slow") await clock.sleep(TOO_LONG, signal);
  if (!(await copier.prepared())) {
    const wanted = stores.tables.map((table) => `${table.name} (${columnsOf(table).join(", ")})`);
    return ended(false, `green does not have all of what is copied: ${wanted.join("; ")}`);
  }
  await copier.load();
  await copier.drain(signal);
  if (failure === "mismatch") await options.changeRow();
  const found = await differences(stores);
  for (const table of stores.tables) {
    const counts = [await stores.blue.keys(table), await stores.green.keys(table)];
    const [blue = 0, green = 0] = counts.map(({ length }) => length);
    log.push(`${table.name}: ${blue} in blue, ${green} in green`);
  }
  if (signal.aborted) return ended(false, "stopped before it was done");
  if (found.length > 0) return ended(false, `not equal: ${named(found)}`);
  if (freeze()?.began !== frozen.began)
    return ended(false, "the freeze ended before everything was compared");
  return ended(true, "both stores are equal");
};

const named = (found: readonly Difference[]): string => {
  const first = found.slice(0, NAMED).map(({ table, key }) => `${table} ${key}`);
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : "";
  return `${first.join(", ")}${more}`;
};
