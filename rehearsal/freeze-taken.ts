import { finalSyncPassages } from "../definition/copying.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { FreezeResult } from "./rehearsal-record.ts";
import type { WorldProcess } from "./world/world-process.ts";

/** How long writes were frozen for the final sync, and what its passage may take; null with one database. */
export const freezeTaken = async (
  system: Pick<SettledSystem, "ladder" | "stores">,
  world: Pick<WorldProcess, "frozen">,
): Promise<FreezeResult | null> => {
  const [frozen] = finalSyncPassages(system);
  if (frozen === undefined) return null;
  return {
    milliseconds: Math.round(await world.frozen()),
    budgetMilliseconds: frozen.passage.within.milliseconds,
  };
};
