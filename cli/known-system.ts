import { BadInput, shown } from "../definition/bad-input.ts";
import { loadSystem, systemNames } from "../definition/catalogue.ts";
import type { SystemDefinition } from "../definition/system.ts";
import { nearest } from "./nearest.ts";

/**
 * The definition of the system that a command was given.
 * @param where the command, for the error.
 * @throws BadInput that suggests the nearest name when there is no such system.
 */
export const knownSystem = async (name: string, where: string): Promise<SystemDefinition> => {
  const names = systemNames();
  if (names.includes(name)) return loadSystem(name, where);
  const near = nearest(name, names);
  throw new BadInput({
    where,
    key: "the system",
    found: shown(name),
    expected: names.length > 1 ? `one of ${names.join(", ")}` : names.join(""),
    ...(near !== undefined && { remedy: `Did you mean ${near}?` }),
  });
};
