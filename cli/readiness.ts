import { BadInput, shownName } from "../definition/bad-input.ts";
import { inWords } from "../definition/units.ts";
import { readinessNow } from "../operator/readiness.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { scoreInWords } from "../policies/rules/readiness/readiness-score.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { componentAnswers, type ComponentAnswer } from "./readiness-answer.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";
import { textTable } from "./text-table.ts";

/** What `cutover readiness` answers. */
interface ReadinessAnswer {
  readonly system: string;
  readonly stack: string;
  /** Stage in force; null before the first, and where nobody could tell. */
  readonly stage: string | null;
  /** Stage that waits for the score. */
  readonly toLeave: string;
  /** When it was judged, ISO 8601 UTC; null where nobody knows the time. */
  readonly at: string | null;
  /** 0 to 100. */
  readonly score: number;
  readonly atLeast: number;
  readonly ready: boolean;
  /** Why nothing could be judged at all; null when it could. */
  readonly problem: string | null;
  readonly components: readonly ComponentAnswer[];
}

const where = "cutover readiness";

/** `cutover readiness SYSTEM`: how ready it is, part by part. Exit 1 when that is less than the plan asks for. */
export const readiness: Subcommand = {
  name: "readiness",
  summary: "Score how ready a system is, each part with its weight and its age",
  examples: ["readiness lms --stack prod"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run(async (console) =>
        readinessOf(await operatedSystem(system, options, where, console), options, console),
      );
    });
  },
};

/** Prints a system's readiness. @throws BadInput when its plan names none. */
export const readinessOf = async (
  operated: OperatedSystem,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const { definition, workspace } = operated;
  const asked = definition.readiness;
  if (asked === undefined) {
    throw new BadInput({
      where,
      key: "the system",
      found: `${shownName(definition.name)}, whose plan asks for no score`,
      expected: `readiness in stacks/${definition.name}.ts`,
    });
  }
  const found = await readinessNow(operated, asked);
  const about = { system: definition.name, stack: workspace.stack, toLeave: asked.toLeave };
  const answer: ReadinessAnswer = found.known
    ? {
        ...about,
        stage: found.value.stage ?? null,
        at: new Date(found.value.now).toISOString(),
        score: found.value.score.score,
        atLeast: found.value.score.atLeast,
        ready: found.value.score.ready,
        problem: null,
        components: componentAnswers(found.value),
      }
    : {
        ...about,
        ...{ stage: null, at: null, score: 0, atLeast: asked.atLeast.percent, ready: false },
        problem: found.reason,
        components: [],
      };
  printResult(console, options, answer, () => inText(answer));
  return answer.ready ? ExitStatus.done : ExitStatus.refused;
};

const inText = ({ system, stack, score, atLeast, ready, problem, components }: ReadinessAnswer) => {
  const head = `${system} on ${stack}: ${scoreInWords(score)} ready, at least ${atLeast} % is asked for: ${ready ? "ready" : "NOT READY"}`;
  if (problem !== null) return `${head}\nNobody could judge it: ${problem}`;
  const rows = components.map((one) => [
    `${one.title}${one.required ? " *" : ""}`,
    `${Math.round(one.weight * 10) / 10} %`,
    scoreInWords(one.score),
    one.ageMilliseconds === null ? "-" : age(one.ageMilliseconds),
    one.from,
    one.found,
  ]);
  const table = textTable(
    [
      { title: "Part", align: "left" },
      { title: "Weight", align: "right" },
      { title: "Score", align: "right" },
      { title: "Age", align: "right" },
      { title: "From", align: "left" },
      { title: "Found", align: "left" },
    ],
    rows,
  );
  const legend = components.some(({ required }) => required)
    ? ["* required, whatever the score"]
    : [];
  return [head, "", ...table, ...legend].join("\n");
};

/** To the minute, as nobody needs it finer; what was read just now says so. */
const age = (milliseconds: number): string =>
  milliseconds < 60_000
    ? "now"
    : inWords({ milliseconds: Math.floor(milliseconds / 60_000) * 60_000 });
