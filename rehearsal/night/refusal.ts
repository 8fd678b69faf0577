import type { OperationResult } from "../../engine/engine.ts";
import { refusals } from "../../operator/refusals.ts";
import type { NightContext } from "./night-context.ts";

/** Writes down what the gates refused in an update. @returns whether they refused anything. */
export const noteRefusal = (
  { journal, definition, onProgress }: NightContext,
  result: OperationResult,
): boolean => {
  const refused = refusals(result, definition.name);
  journal.refused(definition.name, refused);
  for (const { policy, message } of refused) {
    journal.note("refusal", `${policy}: ${message}`);
    onProgress({ kind: "note", text: `${policy}: ${message}` });
  }
  return refused.length > 0;
};
