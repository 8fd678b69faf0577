import type { SystemDefinition } from "../definition/system.ts";

/** What is said of a world that is ready: where it is looked at, and what another terminal needs. */
export const worldText = ({
  definition,
  speed,
  page,
  commands,
}: {
  readonly definition: SystemDefinition;
  readonly speed: number;
  readonly page: string;
  readonly commands: readonly string[];
}): string =>
  [
    `The world for ${definition.name} is ready. Watch it at ${page}`,
    "",
    "In another terminal:",
    ...commands.map((line) => `  ${line}`),
    "",
    speed === 1
      ? "The clock runs at wall speed; --speed 60 lets a soak of 15 minutes pass in 15 seconds."
      : `The clock runs ${speed} times as fast while a stage soaks and nothing updates the stack.`,
    "Ctrl-C here ends the world and removes its folder.",
    "",
  ].join("\n");
