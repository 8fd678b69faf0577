import { loadSystem } from "../definition/catalogue.ts";
import { configByNamespace, namedSystems } from "../definition/named-systems.ts";
import { loadDatadogClient } from "./facts/datadog-api.ts";
import { loadHolidays } from "./facts/public-holidays-reader.ts";

/**
 * Loads what moves are judged with, while the engine still starts the program and asks the pack nothing:
 * between a question and its verdict it would hold up the move. What cannot be loaded is told by the verdict
 * that needs it.
 * @param config of the stack, by `namespace:key`.
 */
export const loadEarly = async (config: Readonly<Record<string, string>>): Promise<void> => {
  await Promise.allSettled([
    loadDefinitions(config),
    import("./evidence/read-evidence.ts"),
    import("yaml"),
    loadDatadogClient(),
    Promise.resolve().then(loadHolidays),
  ]);
};

/** One after another, so that a question of the engine's comes in between. */
const loadDefinitions = async (config: Readonly<Record<string, string>>): Promise<void> => {
  for (const name of namedSystems(Object.keys(configByNamespace(config)), "")) {
    await loadSystem(name, "").catch(() => undefined);
  }
};
