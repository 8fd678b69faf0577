import { parseArgs } from "node:util";
import { BadInput, shown } from "../definition/bad-input.ts";
import { engineNameOf, engineNames, type EngineName } from "../rehearsal/engine-named.ts";
import { sectionNames, type SectionName } from "./section.ts";

export interface BenchOptions {
  readonly only: SectionName | undefined;
  readonly json: boolean;
  readonly engine: EngineName;
  /** How many rollbacks are rehearsed. */
  readonly rollbacks: number;
}

const where = "npm run bench";

/**
 * Reads the command line.
 * @throws BadInput for what it does not know.
 */
export const benchOptions = (given: readonly string[]): BenchOptions => {
  const { only, json, engine, rollbacks } = parsed(given);
  return {
    only: only === undefined ? undefined : sectionNamed(only),
    json,
    engine: engineNameOf(where, engine),
    rollbacks: countOf(rollbacks),
  };
};

const parsed = (given: readonly string[]) => {
  try {
    return parseArgs({
      args: [...given],
      options: {
        only: { type: "string" },
        json: { type: "boolean", default: false },
        engine: { type: "string", default: engineNames[0] },
        rollbacks: { type: "string", default: "3" },
      },
    }).values;
  } catch (error) {
    throw new BadInput({
      where,
      found: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error),
      expected: `--only ${sectionNames.join("|")}, --engine ${engineNames.join("|")}, --rollbacks N or --json`,
    });
  }
};

const sectionNamed = (text: string): SectionName => {
  const found = sectionNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new BadInput({
    where,
    key: "--only",
    found: shown(text),
    expected: sectionNames.join(", "),
  });
};

const countOf = (text: string): number => {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value >= 1) return value;
  throw new BadInput({
    where,
    key: "--rollbacks",
    found: shown(text),
    expected: "a whole number from 1 to 999",
  });
};
