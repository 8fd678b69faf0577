import { setTimeout as wait } from "node:timers/promises";
import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import type { CopiedStore } from "./copied-store.ts";
import type { Copier, CopierOptions } from "./copier.ts";
import { differences, type Difference } from "./differences.ts";

/** What became of the writes that clients were told of, counted in both stores. */
export interface DataAccount {
  /** Writes that were answered well. */
  readonly acknowledged: number;
  /** Of these, those that a store does not hold. */
  readonly missing: number;
  /** Of these, those that a store holds more than once. */
  readonly doubled: number;
  /** Copied rows that are not equal, other than those that a fault changed. */
  readonly differing: number;
  /** Of the writes, those whose change was never captured, so that one store had them until both were compared. */
  readonly reconciled: number;
}

export interface AccountOptions {
  readonly stores: CopierOptions;
  readonly copier: Copier;
  /** References of the writes that clients were told of. */
  readonly written: readonly string[];
  readonly changedByFaults: readonly Difference[];
  /** Whether a fault kept changes from being captured: then the stores are reconciled, as no copying would. */
  readonly isCaptureIncomplete: boolean;
}

/** How long the copying may take to catch up, milliseconds. */
const CATCH_UP = 20_000;

/**
 * Copies what still waits, and accounts for each write by its reference. Where nothing was ever copied, blue's
 * store alone is in use.
 */
export const accountForData = async ({
  stores,
  copier,
  written,
  changedByFaults,
  isCaptureIncomplete,
}: AccountOptions): Promise<DataAccount> => {
  const references = new Set(written);
  if (copier.begun) await catchUp(copier);
  const lacked = isCaptureIncomplete ? missingIn(await heldByEach(stores, copier), references) : 0;
  if (isCaptureIncomplete) await copier.reconcile();
  const held = await heldByEach(stores, copier);
  const missing = missingIn(held, references);
  const differing = copier.begun ? await differences(stores) : [];
  return {
    acknowledged: references.size,
    missing,
    doubled: heldSome(held, references, (times) => times > 1),
    differing: differing.filter(
      ({ table, key }) => !changedByFaults.some((each) => each.table === table && each.key === key),
    ).length,
    reconciled: Math.max(0, lacked - missing),
  };
};

/** How often each store in use holds each reference. */
type Held = readonly ReadonlyMap<string, number>[];

const heldByEach = async ({ blue, green, tables }: CopierOptions, { begun }: Copier) => [
  await heldBy(blue, tables),
  ...(begun ? [await heldBy(green, tables)] : []),
];

const missingIn = (held: Held, references: ReadonlySet<string>): number =>
  heldSome(held, references, (times) => times === 0);

const heldSome = (
  held: Held,
  references: ReadonlySet<string>,
  wanted: (times: number) => boolean,
): number =>
  [...references].filter((reference) => held.some((times) => wanted(times.get(reference) ?? 0)))
    .length;

/** Copies what still waits; what cannot be copied will be missed. */
const catchUp = async (copier: Copier): Promise<void> => {
  const late = new AbortController();
  const caughtUp = copier.drain(late.signal).catch(() => undefined);
  await Promise.race([caughtUp, wait(CATCH_UP, undefined, { ref: false })]);
  late.abort();
  await caughtUp;
};

/** How often a store holds each reference in one table. */
const heldBy = async (
  store: CopiedStore,
  tables: readonly CopiedTable[],
): Promise<ReadonlyMap<string, number>> => {
  const most = new Map<string, number>();
  for (const table of tables) {
    const times = new Map<string, number>();
    for (const reference of await store.references(table)) {
      times.set(reference, (times.get(reference) ?? 0) + 1);
    }
    for (const [reference, count] of times) {
      most.set(reference, Math.max(count, most.get(reference) ?? 0));
    }
  }
  return most;
};
