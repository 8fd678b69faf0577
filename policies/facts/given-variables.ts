import { known, unknown, type Reading } from "./reading.ts";
import type { Variables } from "./sources.ts";

/** What variables hold, by what their names stand under: all of them, or which one is not set. */
export const givenVariables = <Key extends string>(
  variables: Variables,
  names: Readonly<Record<Key, string>>,
): Reading<Readonly<Record<Key, string>>> => {
  const given: Record<string, string> = {};
  for (const [key, name] of Object.entries<string>(names)) {
    const value = variables[name] ?? "";
    if (value === "") return unknown(`${name} is not set`);
    given[key] = value;
  }
  // Every key has just been given its value.
  return known(given as Readonly<Record<Key, string>>);
};
