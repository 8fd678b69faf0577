import { BadInput, shownName } from "../definition/bad-input.ts";
import { dataNow } from "../operator/reconcile.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { ExitStatus } from "./exit-status.ts";
import { isoInstant } from "./iso-instant.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";
import { textTable } from "./text-table.ts";

/** What `cutover reconcile` answers. */
interface ReconcileAnswer {
  readonly system: string;
  readonly stack: string;
  /** When it was judged, ISO 8601 UTC; null where nobody knows the time. */
  readonly at: string | null;
  /** Whether every figure keeps its limit. */
  readonly inStep: boolean;
  /** Why nothing could be judged at all; null when it could. */
  readonly problem: string | null;
  readonly figures: readonly {
    readonly name: string;
    readonly title: string;
    readonly good: boolean;
    readonly found: string;
    /** ISO 8601 UTC; null where nobody knows the figure. */
    readonly measuredAt: string | null;
    readonly source: string;
  }[];
}

const where = "cutover reconcile";

/** `cutover reconcile SYSTEM`: how the data stands by each figure of the plan. Exit 1 unless all keep their limits. */
export const reconcile: Subcommand = {
  name: "reconcile",
  summary:
    "Hold the data of both sides against the plan's figures: what is missing, differs or lags",
  examples: ["reconcile rawdog --stack prod"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run(async (console) =>
        reconcileSystem(await operatedSystem(system, options, where, console), options, console),
      );
    });
  },
};

/** Prints how a system's data stands. @throws BadInput when its plan names no figure about data. */
export const reconcileSystem = async (
  operated: OperatedSystem,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { definition, workspace } = operated;
  if ((definition.dataChecks ?? []).length === 0) {
    throw new BadInput({
      where,
      key: "the system",
      found: `${shownName(definition.name)}, whose plan names no figure about data`,
      expected: `dataChecks in stacks/${definition.name}.ts`,
    });
  }
  const found = await dataNow(operated);
  const figures = found.known ? found.value.figures : [];
  const answer: ReconcileAnswer = {
    system: definition.name,
    stack: workspace.stack,
    at: found.known ? new Date(found.value.now).toISOString() : null,
    inStep: found.known && figures.every(({ good }) => good),
    problem: found.known ? null : found.reason,
    figures: figures.map(({ check, good, found: words, measuredAt }) => ({
      name: check.name,
      title: check.title,
      good,
      found: words,
      measuredAt: isoInstant(measuredAt),
      source: check.source,
    })),
  };
  printResult(console, options, answer, () => inText(answer));
  return answer.inStep ? ExitStatus.done : ExitStatus.refused;
};

const inText = ({ system, stack, inStep, problem, figures }: ReconcileAnswer): string => {
  const head = `${system} on ${stack}: the data is ${inStep ? "in step" : "NOT IN STEP"}`;
  if (problem !== null) return `${head}\nNobody could judge it: ${problem}`;
  const table = textTable(
    [
      { title: "Figure", align: "left" },
      { title: "", align: "left" },
      { title: "Found", align: "left" },
    ],
    figures.map(({ title, good, found }) => [title, good ? "good" : "BAD", found]),
  );
  return [head, "", ...table].join("\n");
};
