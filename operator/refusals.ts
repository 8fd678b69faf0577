import type { OperationResult } from "../engine/engine.ts";

/** A gate that refused, as every command prints it. */
export interface Refusal {
  readonly policy: string;
  readonly system: string;
  readonly message: string;
}

/** The gates that refused an update. */
export const refusals = ({ violations }: OperationResult, system: string): readonly Refusal[] =>
  violations
    .filter(({ level }) => level === "mandatory")
    // Pulumi puts the policy's description before what it says.
    .map(({ policy, message }) => ({
      policy,
      system,
      message: message.split("\n").at(-1) ?? message,
    }));
