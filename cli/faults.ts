import { loadSystem } from "../definition/catalogue.ts";
import { faults as catalogue } from "../rehearsal/scenarios/catalogue.ts";
import { ExitStatus } from "./exit-status.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

/** `cutover faults SYSTEM`: what a rehearsal of the system can inject, and how it must end. */
export const faults: Subcommand = {
  name: "faults",
  summary: "List the faults that a rehearsal can inject",
  declare: (command, run) => {
    command
      .argument("<system>", "name of a system, as `cutover systems` lists them")
      .action(async (system: string, options: CommonOptions) => {
        await run((console) => listFaults(system, options, console));
      });
  },
};

const listFaults = async (
  name: string,
  options: CommonOptions,
  console: Console,
): Promise<ExitStatus> => {
  const system = await loadSystem(name, "cutover faults");
  const listed = catalogue
    .map(({ name: fault, sentence, stages, expects }) => ({
      name: fault,
      sentence,
      stages: stages(system),
      expects,
    }))
    .filter(({ stages }) => stages.length > 0);
  printResult(console, options, listed, () =>
    listed
      .map(
        ({ name: fault, sentence, stages, expects }) =>
          `${fault}@{${stages.join(",")}}\n  ${sentence}\n  Must end: ${expects.outcome}. ${expects.because}`,
      )
      .join("\n"),
  );
  return ExitStatus.done;
};
