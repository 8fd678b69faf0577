import { faultsOf } from "../rehearsal/scenarios/catalogue.ts";
import type { Expected } from "../rehearsal/scenarios/fault.ts";
import { ExitStatus } from "./exit-status.ts";
import { knownSystem } from "./known-system.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";
import { hanging } from "./wrapped.ts";

/** A fault as the command lists it. */
export interface ListedFault {
  readonly name: string;
  readonly sentence: string;
  /** Stages at which it can be injected. */
  readonly stages: readonly string[];
  /** What a rehearsal with it must show. */
  readonly expects: Expected;
}

/** `cutover faults SYSTEM`: what a rehearsal of the system can inject, and how it must end. */
export const faults: Subcommand = {
  name: "faults",
  summary: "List the faults that a rehearsal can inject",
  examples: ["faults lms", "faults lms --json"],
  declare: (command, run) => {
    command
      .argument("<system>", "name of a system, as `cutover systems` lists them")
      .action(async (system: string, options: CommonOptions) => {
        await run((console) => listFaults(system, options, console));
      });
  },
};

const listFaults = async (
  written: string,
  options: CommonOptions,
  console: Console,
): Promise<ExitStatus> => {
  const system = await knownSystem(written, "cutover faults");
  const listed: readonly ListedFault[] = faultsOf(system)
    .filter(({ stages }) => stages.length > 0)
    .map(({ name, sentence, stages, expects }) => ({ name, sentence, stages, expects }));
  printResult(console, options, listed, () => listed.map(faultInText).join("\n"));
  return ExitStatus.done;
};

const faultInText = ({ name, sentence, stages, expects }: ListedFault): string =>
  [
    `${name}@{${stages.join(",")}}`,
    hanging("  ", sentence),
    hanging("  ", `Must end: ${expects.outcome}. ${expects.because}`),
  ].join("\n");
