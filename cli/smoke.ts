import { BadInput, shown, shownName } from "../definition/bad-input.ts";
import { smoke as smokeTests, type SmokeResult } from "../operator/smoke.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

interface SmokeOptions extends StackOptions {
  readonly side: string;
}

/** What `cutover smoke` answers. */
interface SmokeAnswer {
  readonly system: string;
  readonly stack: string;
  readonly side: "blue" | "green";
  readonly passed: boolean;
  readonly tests: readonly {
    readonly id: string;
    readonly title: string;
    readonly passed: boolean;
    /** What was wrong; empty when it passed. */
    readonly problems: readonly string[];
    readonly milliseconds: number;
    readonly source: string;
  }[];
}

const where = "cutover smoke";
const sides = ["green", "blue"] as const;

/** `cutover smoke SYSTEM`: the plan's smoke tests against one side, past the split. Exit 1 when one fails. */
export const smoke: Subcommand = {
  name: "smoke",
  summary: "Run a system's smoke tests against one side, whatever traffic it gets",
  examples: ["smoke lms --stack prod", "smoke lms --stack prod --side blue"],
  declare: (command, run) => {
    withSystem(command)
      .option("--side <side>", `side to test: ${sides.join(" or ")}`, "green")
      .action(async (system: string, options: SmokeOptions) => {
        await run(async (console) => {
          const side = sideNamed(options.side);
          const operated = await operatedSystem(system, options, where, console);
          return smokeOf(operated, side, options, console);
        });
      });
  },
};

const sideNamed = (text: string): "blue" | "green" => {
  const side = sides.find((known) => known === text);
  if (side !== undefined) return side;
  throw new BadInput({
    where,
    key: "--side",
    found: shown(text),
    expected: sides.join(" or "),
  });
};

/** Runs and prints a system's smoke tests. @throws BadInput when its plan has none. */
export const smokeOf = async (
  operated: OperatedSystem,
  side: "blue" | "green",
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { definition, workspace } = operated;
  if (definition.smokeTests.length === 0) {
    throw new BadInput({
      where,
      key: "the system",
      found: `${shownName(definition.name)}, whose plan has no smoke tests`,
      expected: `smokeTests in stacks/${definition.name}.ts`,
    });
  }
  const results: SmokeResult[] = [];
  for await (const result of smokeTests(operated, side)) {
    results.push(result);
    console.log(lineOf(result));
  }
  const passed =
    results.length === definition.smokeTests.length &&
    results.every(({ problems }) => problems.length === 0);
  const answer: SmokeAnswer = {
    ...{ system: definition.name, stack: workspace.stack, side, passed },
    tests: results.map(({ test: { id, title, source }, problems, milliseconds }) => ({
      ...{ id, title, passed: problems.length === 0, problems, milliseconds, source },
    })),
  };
  printResult(console, options, answer, () => inText(answer, definition.smokeTests.length));
  return passed ? ExitStatus.done : ExitStatus.refused;
};

const lineOf = ({ test: { id, title }, problems, milliseconds }: SmokeResult): string =>
  problems.length === 0
    ? `passed  ${id}  ${title}, ${milliseconds} ms`
    : `FAILED  ${id}  ${title}: ${problems.join("; ")}`;

const inText = ({ system, stack, side, tests }: SmokeAnswer, all: number): string => {
  const good = tests.filter(({ passed }) => passed).length;
  return `${system} on ${stack}, ${side}: ${good} of ${all} smoke tests passed${good === all ? "" : "; NOT FIT"}`;
};
