import { openKeys } from "../definition/tbd.ts";
import { ExitStatus } from "./exit-status.ts";
import { knownSystem } from "./known-system.ts";
import { runbookMarkdown } from "./runbook/runbook-markdown.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";

/** What `cutover runbook` answers. */
interface RunbookAnswer {
  readonly system: string;
  readonly title: string;
  readonly classification: string;
  /** What is still open in the definition, and therefore on the page. */
  readonly open: readonly { readonly key: string; readonly wanted: string }[];
  readonly markdown: string;
}

const where = "cutover runbook";

/** `cutover runbook SYSTEM`: what people do and when, from the definition, as one page of Markdown. */
export const runbook: Subcommand = {
  name: "runbook",
  summary: "Write a system's runbook from its definition",
  examples: ["runbook lms"],
  declare: (command, run) => {
    command
      .argument("<system>", "name of a system, as `cutover systems` lists them")
      .action(async (system: string, options: CommonOptions) => {
        await run((console) => showRunbook(system, options, console));
      });
  },
};

const showRunbook = async (
  written: string,
  options: CommonOptions,
  console: Console,
): Promise<ExitStatus> => {
  const definition = await knownSystem(written, where);
  const answer: RunbookAnswer = {
    system: definition.name,
    title: definition.title,
    classification: definition.document.classification,
    open: openKeys(definition).map(({ path, wanted }) => ({ key: path, wanted })),
    markdown: runbookMarkdown(definition),
  };
  printResult(console, options, answer, () => answer.markdown.trimEnd());
  return ExitStatus.done;
};
