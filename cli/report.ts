import type { OperatedSystem } from "../operator/stack.ts";
import { cutoverReport, type CutoverReport } from "../operator/report.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { reportMarkdown } from "./report/report-markdown.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

/** What `cutover report` answers. */
interface ReportAnswer {
  readonly system: string;
  readonly stack: string;
  /** Stage in force; null before the first. */
  readonly stage: string | null;
  readonly rollbacks: number;
  /** What is wrong with the history; null where the chain holds. */
  readonly damage: string | null;
  /** What all of maintenance has lasted, milliseconds; null where the plan has none, or nobody could read it. */
  readonly maintenanceMilliseconds: number | null;
  readonly moves: CutoverReport["moves"];
  /** What people signed, in order of time; null where nobody could read it. */
  readonly words:
    | readonly {
        readonly at: string;
        readonly person: string;
        readonly role: string;
        readonly statement: string;
        readonly file: string;
        readonly sha256: string;
      }[]
    | null;
  readonly markdown: string;
}

const where = "cutover report";

/** `cutover report SYSTEM`: what happened, from the ledger and what people signed. Exit 1 when the ledger is damaged. */
export const report: Subcommand = {
  name: "report",
  summary: "Write what happened in a cutover, from its history and what people signed",
  examples: ["report lms --stack prod"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run(async (console) =>
        reportOf(await operatedSystem(system, options, where, console), options, console),
      );
    });
  },
};

const reportOf = async (
  operated: OperatedSystem,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { definition, workspace } = operated;
  const found = await cutoverReport(operated);
  const { moves, damage, maintenance, words } = found;
  const answer: ReportAnswer = {
    system: definition.name,
    stack: workspace.stack,
    stage: moves.at(-1)?.entry.to ?? null,
    rollbacks: moves.filter(({ direction }) => direction === "back").length,
    damage: damage ?? null,
    maintenanceMilliseconds: maintenance?.known === true ? maintenance.value.lasted : null,
    moves,
    words: words.known
      ? words.value.map(({ statement: { at, role, statement }, person, file, sha256 }) => ({
          ...{ at, person, role, statement, file, sha256 },
        }))
      : null,
    markdown: reportMarkdown(definition, workspace.stack, found),
  };
  printResult(console, options, answer, () => answer.markdown.trimEnd());
  return damage === undefined ? ExitStatus.done : ExitStatus.refused;
};
