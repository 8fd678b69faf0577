import type { OperationResult } from "../../engine/engine.ts";
import type { NightContext } from "./night-context.ts";

/** Writes down what the gates refused in an update. @returns whether they refused anything. */
export const noteRefusal = (
  { journal, definition, onProgress }: NightContext,
  { violations }: OperationResult,
): boolean => {
  const refusals = violations
    .filter(({ level }) => level === "mandatory")
    // Pulumi puts the policy's description before what it says.
    .map(({ policy, message }) => ({ policy, message: message.split("\n").at(-1) ?? message }));
  journal.refused(definition.name, refusals);
  for (const { policy, message } of refusals) {
    journal.note("refusal", `${policy}: ${message}`);
    onProgress({ kind: "note", text: `${policy}: ${message}` });
  }
  return refusals.length > 0;
};
