import type { Command, CommanderError } from "commander";
import { BadInput } from "../definition/bad-input.ts";
import { oneLine } from "./one-line.ts";

/** Words that the command cannot be called with, as bad input that says what it can be called with. */
export const misuse = ({ code, message }: CommanderError, command: Command): BadInput =>
  new BadInput({
    where: fullName(command),
    found: found(code, message),
    expected: expected(code, command),
    remedy: `See: npm run -s cutover -- ${[...path(command), "--help"].join(" ")}.`,
  });

const found = (code: string, message: string): string =>
  // The sentence that follows these words counts them; what is expected says it better.
  code === "commander.excessArguments"
    ? "too many arguments"
    : oneLine(message.replace(/^error: /, ""), 160);

const expected = (code: string, command: Command): string => {
  const commands = command.commands.map((each) => each.name());
  if (code === "commander.unknownCommand") return commands.join(", ");
  if (code === "commander.optionMissingArgument") return "a value after it";
  if (code === "commander.unknownOption") {
    const options = command.createHelp().visibleOptions(command);
    return [...commands, ...options.map(({ long, short }) => long ?? short)].join(", ");
  }
  return `${fullName(command)} ${command.usage()}`;
};

const fullName = (command: Command): string => ["cutover", ...path(command)].join(" ");

/** The words that lead from the program to the command. */
const path = (command: Command): readonly string[] =>
  command.parent === null ? [] : [...path(command.parent), command.name()];
