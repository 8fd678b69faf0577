import { firstError, type EngineEvent } from "../../engine/engine.ts";
import type { NightContext } from "./night-context.ts";
import { noteRefusal } from "./refusal.ts";

/** Takes the traffic back by the operator's command, and writes down how that went. @returns whether it succeeded. */
export const takeBack = async (
  context: NightContext,
  onEvent?: (event: EngineEvent) => void,
): Promise<boolean> => {
  const { world, operator, journal, onProgress } = context;
  const { update } = await operator.rollBack(onEvent);
  noteRefusal(context, update);
  if (!update.succeeded) {
    journal.failure = firstError(update);
    onProgress({ kind: "note", text: `The update failed: ${journal.failure}` });
  }
  journal.weights.push({ at: world.clock.now(), green: (await world.weights()).green });
  return update.succeeded;
};
