import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BadInput, shown } from "./bad-input.ts";
import type { SystemDefinition } from "./system.ts";

const stacks = new URL("../stacks/", import.meta.url);

/** Names of the systems that have a file in `stacks/`, in alphabetical order. */
export const systemNames = (folder: URL = stacks): readonly string[] =>
  readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .sort();

/**
 * The definition of one system. Only its own file is loaded, so that a mistake in another system's file
 * never stands in the way.
 * @param where what named the system, for the error.
 * @param folder where the definitions are; `stacks/` unless a test says otherwise.
 * @throws BadInput when there is no such file, or when it does not export a definition of that name.
 */
export const loadSystem = async (
  name: string,
  where: string,
  folder: URL = stacks,
): Promise<SystemDefinition> => {
  const names = systemNames(folder);
  if (!names.includes(name)) {
    throw new BadInput({
      where,
      found: `${shown(name)}, which is no system`,
      expected: names.length > 1 ? `one of ${names.join(", ")}` : names.join(""),
    });
  }
  const module = (await import(new URL(`${name}.ts`, folder).href)) as Readonly<
    Record<string, unknown>
  >;
  const definition = Object.values(module).find((exported) => isDefinition(exported, name));
  if (definition === undefined) {
    throw new BadInput({
      where: `stacks/${name}.ts`,
      found: "without a definition of that name",
      expected: `an export made by defineSystem({ name: ${shown(name)}, … })`,
    });
  }
  return definition as SystemDefinition;
};

const isDefinition = (value: unknown, name: string): boolean =>
  typeof value === "object" &&
  value !== null &&
  "ladder" in value &&
  "name" in value &&
  value.name === name;
