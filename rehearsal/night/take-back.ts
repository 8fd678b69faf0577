import { firstError, type EngineEvent } from "../../engine/engine.ts";
import type { NightContext } from "./night-context.ts";
import { noteRefusal } from "./refusal.ts";

/**
 * Takes the traffic back by the operator's command, and writes down how that went.
 * @returns whether it succeeded, and green's weight in force then, percent.
 */
export const takeBack = async (
  context: NightContext,
  onEvent?: (event: EngineEvent) => void,
): Promise<{ readonly succeeded: boolean; readonly green: number }> => {
  const { world, operator, journal, onProgress } = context;
  const { update } = await operator.rollBack(onEvent);
  noteRefusal(context, update);
  if (!update.succeeded) {
    journal.failure = firstError(update);
    onProgress({ kind: "note", text: `The update failed: ${journal.failure}` });
  }
  const { green } = await world.weights();
  journal.weights.push({ at: world.clock.now(), green });
  return { succeeded: update.succeeded, green };
};
