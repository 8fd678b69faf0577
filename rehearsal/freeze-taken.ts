import type { SettledSystem } from "../definition/system.ts";
import type { FreezeResult } from "./rehearsal-record.ts";
import type { WorldProcess } from "./world/world-process.ts";

/** How long writes were frozen for the final sync, and what its passage may take; null with one database. */
export const freezeTaken = async (
  { ladder, stores }: Pick<SettledSystem, "ladder" | "stores">,
  world: Pick<WorldProcess, "frozen">,
): Promise<FreezeResult | null> => {
  if (stores.kind === "one database") return null;
  const { passage } = stores.sync.finalSync;
  const within = ladder
    .flatMap(({ passages = [] }) => passages)
    .find(({ name }) => name === passage)?.within;
  const milliseconds = Math.round(await world.frozen());
  return { milliseconds, budgetMilliseconds: within?.milliseconds ?? 0 };
};
