import { setTimeout as wait } from "node:timers/promises";
import type { CopiedTable } from "../../../definition/rehearsal-example.ts";
import { waitingKeys, type CopierOptions } from "./copier.ts";

/** A row that is not the same in both stores, or only in one. */
export interface Difference {
  readonly table: string;
  readonly key: string;
}

/** Looks that a row must differ at, milliseconds apart: one that is just being copied differs at one of them. */
const looks = 3;
const apart = 50;

/** The rows that differ between two stores and that no waiting change explains. */
export const differences = async (stores: CopierOptions): Promise<readonly Difference[]> => {
  const found: Difference[] = [];
  for (const table of stores.tables) {
    let suspects = await differingKeys(stores, table);
    for (let look = 1; look < looks && suspects.size > 0; look += 1) {
      await wait(apart);
      const still = await differingKeys(stores, table);
      suspects = new Set([...suspects].filter((key) => still.has(key)));
    }
    for (const key of suspects) found.push({ table: table.name, key });
  }
  return found;
};

const differingKeys = async (stores: CopierOptions, table: CopiedTable): Promise<Set<string>> => {
  const { blue, green } = stores;
  const [ofBlue, ofGreen] = [await blue.checksums(table), await green.checksums(table)];
  const parts = [...new Set([...ofBlue.keys(), ...ofGreen.keys()])].filter(
    (part) => ofBlue.get(part) !== ofGreen.get(part),
  );
  const differing = new Set<string>();
  for (const part of parts) {
    const [blues, greens] = [await blue.lines(table, part), await green.lines(table, part)];
    for (const key of new Set([...blues.keys(), ...greens.keys()])) {
      if (blues.get(key) !== greens.get(key)) differing.add(key);
    }
  }
  if (differing.size === 0) return differing;
  for (const key of await waitingKeys(stores, table)) differing.delete(key);
  return differing;
};
