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
}

/** How long the copying may take to catch up, milliseconds. */
const CATCH_UP = 20_000;

/**
 * Copies what still waits, and accounts for each write by its reference. Where nothing was ever copied, blue's
 * store alone is in use.
 */
export const accountForData = async (
  stores: CopierOptions,
  copier: Copier,
  written: readonly string[],
  changedByFaults: readonly Difference[],
): Promise<DataAccount> => {
  if (copier.begun) await catchUp(copier);
  const { blue, green, tables } = stores;
  const held = [await heldBy(blue, tables), ...(copier.begun ? [await heldBy(green, tables)] : [])];
  const differing = copier.begun ? await differences(stores) : [];
  const references = new Set(written);
  const count = (wanted: (times: number) => boolean): number =>
    [...references].filter((reference) => held.some((times) => wanted(times.get(reference) ?? 0)))
      .length;
  return {
    acknowledged: references.size,
    missing: count((times) => times === 0),
    doubled: count((times) => times > 1),
    differing: differing.filter(
      ({ table, key }) => !changedByFaults.some((each) => each.table === table && each.key === key),
    ).length,
  };
};

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
