import { isRefused } from "../engine/engine.ts";
import {
  previewStack,
  type PreviewedSystem,
  type StackPreview,
} from "../operator/stack-preview.ts";
import { ExitStatus } from "./exit-status.ts";
import { fromHere } from "./from-here.ts";
import { judgementAnswer } from "./judgement-text.ts";
import { operatedStack, withStackOptions, type StackOptions } from "./operated-stack.ts";
import type { PreviewAnswer, PreviewedChange, SystemAnswer } from "./preview-answer.ts";
import { previewMarkdown } from "./preview-markdown.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";
import type { Step } from "../engine/engine.ts";

interface PreviewCommandOptions extends StackOptions {
  readonly savePlan?: string;
  readonly basePack?: string;
}

const where = "cutover preview";

/** `cutover preview`: what an update of a stack would move, and what each gate says. Exit 1 when it is refused. */
export const preview: Subcommand = {
  name: "preview",
  summary: "Show what an update of a stack would move, and what each gate says of it",
  examples: ["preview --stack staging", "preview --stack prod --save-plan plan.json --json"],
  declare: (command, run) => {
    withStackOptions(command)
      .option("--save-plan <file>", "save the plan, and answer with its hash")
      .option("--base-pack <folder>", "judge by this pack as well, the base branch's")
      .action(async (options: PreviewCommandOptions) => {
        await run((console) => show(options, console));
      });
  },
};

const show = async (options: PreviewCommandOptions, console: Console): Promise<ExitStatus> => {
  const systems = await operatedStack(options, where, console);
  const { savePlan, basePack } = options;
  const found = answerOf(
    await previewStack(systems, {
      ...(savePlan !== undefined && { savePlan: fromHere(savePlan) }),
      ...(basePack !== undefined && { basePack: fromHere(basePack) }),
    }),
  );
  printResult(console, options, found, () => previewMarkdown(found));
  return found.succeeded ? ExitStatus.done : ExitStatus.refused;
};

const answerOf = (found: StackPreview): PreviewAnswer => ({
  stack: found.stack,
  environment: found.environment,
  succeeded: found.succeeded,
  refused: isRefused({ violations: found.violations }),
  planHash: found.planHash ?? null,
  systems: found.systems.map(systemAnswer),
  others: found.others.map(changeOf),
  violations: found.violations.map(({ policy, pack, by, level, urn, message }) => {
    // Pulumi puts the policy's description before what it says.
    return { policy, pack, by, level, urn, message: message.split("\n").at(-1) ?? message };
  }),
  errors: found.errors,
});

const systemAnswer = (system: PreviewedSystem): SystemAnswer => ({
  system: system.system,
  title: system.title,
  from: system.from,
  to: system.to,
  direction: system.direction,
  weights: system.weights,
  definition: system.definition,
  judgement: system.judgement === undefined ? null : judgementAnswer(system.judgement),
  back:
    "to" in system.back
      ? { to: system.back.to, withinMilliseconds: system.back.within.milliseconds }
      : { refused: system.back.refused, wayForward: system.back.wayForward },
  maintenance: system.maintenance ?? null,
  changes: system.steps.map(changeOf),
});

const changeOf = ({ operation, urn, type, changedKeys }: Step): PreviewedChange => ({
  operation,
  urn,
  type,
  keys: changedKeys,
});
