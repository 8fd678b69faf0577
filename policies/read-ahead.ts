import { loadSystem, systemNames } from "../definition/catalogue.ts";
import { loadDatadogClient } from "./facts/datadog-api.ts";
import { loadHolidays } from "./facts/public-holidays-reader.ts";
import type { Variables } from "./facts/sources.ts";

/**
 * Loads what a verdict takes while the program is still loading, as the move waits for the verdict. What goes
 * wrong is left to whoever needs it: he asks again, and refuses with the reason.
 */
export const readAhead = (variables: Variables): void => {
  void Promise.allSettled([
    loadDatadogClient(),
    import("./evidence/read-evidence.ts"),
    import("./evidence/change-authors.ts"),
  ]);
  for (const name of systemsIn(variables["PULUMI_CONFIG"])) {
    void loadDefinition(name).catch(() => undefined);
  }
};

const loadDefinition = async (name: string): Promise<void> => {
  const { calendar } = await loadSystem(name, "Cutover");
  if (calendar.blackouts.some(({ kind }) => kind === "public holidays")) loadHolidays();
};

/** Systems that a stack's config names, as an engine hands it to its packs: `system:key` to text, as JSON. */
const systemsIn = (config = "{}"): readonly string[] => {
  try {
    const keys = Object.keys(JSON.parse(config) as object).map((key) => key.split(":")[0]);
    return systemNames().filter((name) => keys.includes(name));
  } catch {
    return [];
  }
};
