import { loadSystem, systemNames } from "../definition/catalogue.ts";
import { ledgerIn, timeNow } from "../operator/stack.ts";
import { goneBy, retainedUntil, retentionProblems } from "../operator/retention.ts";
import { ExitStatus } from "./exit-status.ts";
import { isoInstant } from "./iso-instant.ts";
import { operatedStack, withStackOptions, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

/** One system as `cutover retention` answers. */
interface RetainedSystem {
  readonly system: string;
  /** When its old side may go, ISO 8601 UTC; null while the term has not begun. */
  readonly until: string | null;
  /** By when it must be gone, ISO 8601 UTC; null where the plan does not say, or the time has not begun. */
  readonly goneBy: string | null;
  readonly problems: readonly string[];
}

const where = "cutover retention";

/** `cutover retention`: whether all that must be kept is in the state, and protected. Exit 1 when it is not. */
export const retention: Subcommand = {
  name: "retention",
  summary: "Check that a stack still keeps, protected, what its plans keep",
  examples: ["retention --stack prod"],
  declare: (command, run) => {
    withStackOptions(command).action(async (options: StackOptions) => {
      await run((console) => check(options, console));
    });
  },
};

const check = async (options: StackOptions, console: Console): Promise<ExitStatus> => {
  const [operated] = await operatedStack(options, where, console);
  if (operated === undefined) return ExitStatus.refused;
  const { engine, workspace } = operated;
  const outputs = await engine.outputs(workspace);
  const resources = await engine.resources(workspace);
  const now = await timeNow(operated);
  const answer: RetainedSystem[] = [];
  // Not only those of the stack file: taking a system out of it is one way to lose what it keeps.
  for (const name of systemNames()) {
    const definition = await loadSystem(name, where);
    const { entries } = ledgerIn(outputs, { definition });
    if (entries.length === 0) continue;
    answer.push({
      system: name,
      until: isoInstant(retainedUntil(definition, entries)),
      goneBy: isoInstant(goneBy(definition, entries)),
      problems: retentionProblems(definition, entries, resources, now),
    });
  }
  printResult(console, options, { stack: workspace.stack, systems: answer }, () => inText(answer));
  return answer.every(({ problems }) => problems.length === 0)
    ? ExitStatus.done
    : ExitStatus.refused;
};

const inText = (systems: readonly RetainedSystem[]): string =>
  systems.length === 0
    ? "No system of this stack has moved yet."
    : systems
        .flatMap(({ system, until, goneBy: by, problems }) => [
          `${system}: both sides are kept ${until === null ? "without an end yet" : `until ${until}`}${by === null ? "" : `; the old one is gone by ${by}`}`,
          ...problems.map((problem) => `  PROBLEM  ${problem}`),
        ])
        .join("\n");
