import { BadInput, shown } from "./bad-input.ts";

/**
 * Variable that names the one system whose rollback an update is. The program then declares that system
 * alone and leaves every other one's part of the outputs as it is, so that nothing of theirs, not even a
 * definition that no longer loads, can hold it up. Only a targeted update may set it.
 */
export const rollbackOf = "CUTOVER_ROLLBACK_OF";

/**
 * The systems that an update declares.
 * @param rolledBack value of {@link rollbackOf}.
 * @throws BadInput when it names none of the stack's systems.
 */
export const declaredSystems = (
  names: readonly string[],
  rolledBack: string | undefined,
): readonly string[] => {
  if (rolledBack === undefined) return names;
  if (names.includes(rolledBack)) return [rolledBack];
  throw new BadInput({
    where: rollbackOf,
    found: shown(rolledBack),
    expected: `a system of this stack (${names.join(", ")}), or not to be set at all`,
  });
};

/**
 * Refuses an upward move in an update that is a rollback.
 * @throws BadInput
 */
export const refuseUpward = (system: string, direction: string): void => {
  if (direction === "back" || direction === "stay") return;
  throw new BadInput({
    where: rollbackOf,
    found: `${system}, whose config asks for a move ${direction === "begin" ? "onto" : "up"} the ladder`,
    expected: "a move back, or not to be set at all",
  });
};
