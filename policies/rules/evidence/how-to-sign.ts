import type { SettledSystem } from "../../../definition/system.ts";
import type { Move } from "../../move.ts";

/** The command by which a person gives what is missing. */
export const howToSign = (
  { system, stack }: Pick<Move, "system" | "stack">,
  role: string | undefined,
  options: string,
): string => {
  const words = ["cutover approve", system, "--stack", stack, options];
  return `sign: ${[...words, ...(role === undefined ? [] : ["--as", role])].join(" ")}`;
};

/** What the plan calls a role. */
export const titleOf = ({ roles }: Pick<SettledSystem, "roles">, role: string): string =>
  roles[role]?.title ?? role;

/** Several things in a sentence, the first few by name. */
export const listed = (things: readonly string[], most = 3): string => {
  const shown = things.slice(0, most).join(", ");
  return things.length > most ? `${shown} and ${things.length - most} more` : shown;
};
