import { loadDatadogClient } from "./facts/datadog-api.ts";
import { loadHolidays } from "./facts/public-holidays-reader.ts";

/**
 * Loads what a step up is judged with and a way back is not, while the engine still starts the program and
 * asks the pack nothing: between a question and its verdict it would hold up the move. What cannot be loaded
 * is told by the verdict that needs it.
 */
export const loadEarly = async (): Promise<void> => {
  await Promise.allSettled([
    import("./evidence/read-evidence.ts"),
    import("yaml"),
    loadDatadogClient(),
    Promise.resolve().then(loadHolidays),
  ]);
};
