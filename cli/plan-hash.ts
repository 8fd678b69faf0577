import { readSavedPlan } from "../operator/saved-plan.ts";
import { ExitStatus } from "./exit-status.ts";
import { fromHere } from "./from-here.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

/** `cutover plan-hash FILE`: the digest of a saved plan, by which approvals name it. */
export const planHash: Subcommand = {
  name: "plan-hash",
  summary: "Print the digest of a saved plan, by which approvals name it",
  examples: ["plan-hash docs/examples/plan.json"],
  declare: (command, run) => {
    command
      .argument("<file>", "file that `pulumi preview --save-plan` wrote")
      .action(async (file: string, options: CommonOptions) => {
        await run((console) => printHash(file, options, console));
      });
  },
};

const printHash = async (
  file: string,
  options: CommonOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { hash } = await readSavedPlan(fromHere(file));
  printResult(console, options, { file, hash }, () => hash);
  return ExitStatus.done;
};
