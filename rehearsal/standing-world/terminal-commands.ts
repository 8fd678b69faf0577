import { configAt } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { quoted } from "./environment.ts";

/** What a person types in another terminal to go one stage up and back, line by line. */
export const terminalCommands = (
  definition: SystemDefinition,
  directory: string,
  environment: string,
): readonly string[] => {
  const [first, second] = definition.ladder;
  if (first === undefined || second === undefined) throw new RangeError("a ladder has two stages");
  const set = (stage: Stage): string =>
    Object.keys(second.set)
      .map((key) => `pulumi config set ${definition.name}:${key} ${valueAt(stage, key)}`)
      .join(" && ");
  const valueAt = ({ name }: Stage, key: string): string => {
    const value = configAt(definition, name)[key];
    return shellWord(typeof value === "string" ? value : JSON.stringify(value));
  };
  return [
    `. ${shellWord(environment)} && cd ${shellWord(directory)}`,
    `pulumi up   # ${first.name}`,
    `${set(second)} && pulumi preview --diff`,
    `pulumi up   # ${second.name}, or refused until ${first.name} has been watched`,
    `${set(first)} && pulumi up   # and back`,
  ];
};

/** Quoted only where a shell would read more into it. */
const shellWord = (text: string): string => (/^[\w./:@-]+$/.test(text) ? text : quoted(text));
