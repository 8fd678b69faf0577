import { changingSteps, firstError, StackLocked } from "../engine/engine.ts";
import { advance, AtTheTop, type Advance } from "../operator/advance.ts";
import { refusals, type Refusal } from "../operator/refusals.ts";
import { ExitStatus } from "./exit-status.ts";
import { judgementAnswer, judgementText, type JudgementAnswer } from "./judgement-text.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

/** What `cutover advance` answers. */
interface AdvanceAnswer {
  readonly system: string;
  readonly stack: string;
  readonly outcome: "moved" | "refused" | "failed";
  readonly from: string | null;
  readonly to: string | null;
  readonly changed: readonly string[];
  /** What the gates said before anything was touched; null on the very first update, which the pack judges. */
  readonly judgement: JudgementAnswer | null;
  readonly violations: readonly Refusal[];
  readonly reason: string | null;
}

const where = "cutover advance";

/** `cutover advance SYSTEM`: one stage up, if the gates let it. */
export const advanceCommand: Subcommand = {
  name: "advance",
  summary: "Take a system one stage up, if the gates let it",
  examples: ["advance lms --stack staging"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run((console) => advanceSystem(system, options, console));
    });
  },
};

const advanceSystem = async (
  name: string,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const operated = await operatedSystem(name, options, where, console);
  const about = { system: name, stack: operated.workspace.stack };
  const result = await advance(operated).then((done) => answerOf(done, name), refusedBefore);
  const answer = { ...about, ...result };
  printResult(console, options, answer, () => inText(answer));
  return answer.outcome === "moved" ? ExitStatus.done : ExitStatus.refused;
};

type Result = Omit<AdvanceAnswer, "system" | "stack">;

const answerOf = ({ from, to, judgement, update }: Advance, system: string): Result => {
  const violations = update === undefined ? [] : refusals(update, system);
  const refused = update === undefined || violations.length > 0;
  return {
    outcome: refused ? "refused" : update.succeeded ? "moved" : "failed",
    from: from ?? null,
    to,
    changed: update === undefined ? [] : changingSteps(update).map(({ urn }) => urn),
    judgement: judgement === undefined ? null : judgementAnswer(judgement),
    violations,
    reason: refused || update.succeeded ? null : firstError(update),
  };
};

/** Refused before anything was asked or touched. */
const refusedBefore = (error: unknown): Result => {
  if (!(error instanceof AtTheTop) && !(error instanceof StackLocked)) throw error;
  return {
    outcome: "refused",
    from: null,
    to: null,
    changed: [],
    judgement: null,
    violations: [],
    reason: error.message,
  };
};

const inText = (answer: AdvanceAnswer): string => {
  const { system, stack, outcome, from, to, judgement, violations, reason } = answer;
  const way = `${system} on ${stack}${from === null ? "" : `, from ${from}`}${to === null ? "" : ` to ${to}`}`;
  if (outcome === "moved") return `Moved: ${way}. Commit the value in the stack file.`;
  const why = violations.map(({ policy, message }) => `  ${policy}: ${message}`);
  if (outcome === "failed") {
    return [
      `FAILED: ${way}. ${reason ?? ""} The same command goes on; \`cutover rollback ${system} --stack ${stack}\` takes it back.`,
      ...why,
    ].join("\n");
  }
  const gates = judgement !== null && !judgement.allowed ? [judgementText(judgement)] : [];
  return [`Refused: ${way}. ${reason ?? "Nothing moved."}`, ...gates, ...why].join("\n");
};
