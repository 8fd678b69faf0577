import { greenWeightAt, needsOfWayBack } from "../definition/ladder.ts";
import type { BrokenGlass } from "../definition/ledger.ts";
import type { Weights } from "../definition/traffic.ts";
import {
  changingSteps,
  firstError,
  isRefused,
  StackLocked,
  type OperationResult,
} from "../engine/engine.ts";
import { missingOrder } from "../operator/missing-order.ts";
import { NoWayBack, rollBack } from "../operator/rollback.ts";
import { ledgerIn, routeTakenUp, type OperatedSystem } from "../operator/stack.ts";
import type { LiveRoute } from "../policies/facts/live-route.ts";
import type { Reading } from "../policies/facts/reading.ts";
import { endFreezes } from "./end-freezes.ts";
import { ExitStatus } from "./exit-status.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";
import { refusals, type Refusal } from "../operator/refusals.ts";

/** What `cutover rollback` answers. */
export interface RollbackAnswer {
  readonly system: string;
  readonly stack: string;
  readonly engine: string;
  /** `back`: traffic is where the plan lands. `refused`: a gate or the plan says no. `failed`: look at once. */
  readonly outcome: "back" | "refused" | "failed";
  readonly from: string | null;
  readonly to: string | null;
  readonly changed: readonly string[];
  /** Weights in force after it, as the cluster has them; null where nobody could read them. */
  readonly weights: Weights | null;
  /** What still kept users of the safe side from working, and was ended. */
  readonly endedFreezes: readonly string[];
  /** Why nobody knows that users of the safe side can work; null where they can. */
  readonly freezeProblem: string | null;
  /** Why the gates were left out; null where they were asked. */
  readonly withoutGates: string | null;
  /** Who let it go without the order that it needed, as the ledger has it; null where nobody had to. */
  readonly brokenGlass: BrokenGlass | null;
  readonly violations: readonly Refusal[];
  readonly reason: string | null;
  readonly milliseconds: number;
}

const where = "cutover rollback";

/** `cutover rollback SYSTEM`: traffic back to where the plan lands, whatever else is broken. */
export const rollback: Subcommand = {
  name: "rollback",
  summary: "Take a system back to where its plan lands",
  examples: ["rollback lms --stack prod"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run((console) => rollbackSystem(system, options, console));
    });
  },
};

const rollbackSystem = async (
  name: string,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const operated = await operatedSystem(name, options, where, console);
  const answer = await rolledBack(operated);
  printResult(console, options, answer, () => rollbackText(answer));
  // Only now: no rollback waits for a signature.
  const missing = answer.outcome === "back" ? await missingOrder(operated) : undefined;
  if (missing !== undefined) console.log(missing);
  return answer.outcome === "back" && answer.freezeProblem === null
    ? ExitStatus.done
    : ExitStatus.refused;
};

/** Rolls back, reads the route back, and says how it went; what held it up is an answer too. */
export const rolledBack = async (operated: OperatedSystem): Promise<RollbackAnswer> => {
  const began = Date.now();
  const { definition, engine, workspace } = operated;
  const about = { system: definition.name, stack: workspace.stack, engine: engine.name };
  const nothing = {
    from: null,
    to: null,
    changed: [],
    weights: null,
    endedFreezes: [],
    freezeProblem: null,
    withoutGates: null,
    brokenGlass: null,
    violations: [],
  };
  try {
    const { from = null, to, update, withoutGates = null } = await rollBack(operated);
    const [route, freezes] = await Promise.all([
      routeTakenUp(operated),
      update.succeeded ? endFreezes(operated) : { ended: [], problem: undefined },
    ]);
    const weights = route.known ? route.value.weights : null;
    const reason = problemOf(operated, to, update, route);
    const outcome = isRefused(update) ? "refused" : reason === null ? "back" : "failed";
    const changed = changingSteps(update).map(({ urn }) => urn);
    const milliseconds = Date.now() - began;
    const violations = refusals(update, definition.name);
    const needed = from !== null && needsOfWayBack(definition, { from, to }).length > 0;
    const brokenGlass = outcome === "back" && needed ? await glassBrokenFor(operated, to) : null;
    return {
      ...about,
      ...{ outcome, from, to, changed, weights, withoutGates, brokenGlass },
      ...{ endedFreezes: freezes.ended, freezeProblem: freezes.problem ?? null },
      ...{ violations, reason, milliseconds },
    };
  } catch (error) {
    if (!(error instanceof NoWayBack) && !(error instanceof StackLocked)) throw error;
    const milliseconds = Date.now() - began;
    return { ...about, ...nothing, outcome: "refused", reason: error.message, milliseconds };
  }
};

/** Traffic is back by now: a history that cannot be read changes nothing of that. */
const glassBrokenFor = async (
  operated: OperatedSystem,
  to: string,
): Promise<BrokenGlass | null> => {
  try {
    const last = ledgerIn(await operated.engine.outputs(operated.workspace), operated).entries.at(
      -1,
    );
    return last?.to === to ? (last.brokenGlass ?? null) : null;
  } catch {
    return null;
  }
};

/** Why traffic is not surely back; null when it is. */
const problemOf = (
  { definition }: OperatedSystem,
  to: string,
  update: OperationResult,
  route: Reading<LiveRoute>,
): string | null => {
  if (!update.succeeded) return `the update failed: ${firstError(update)}`;
  if (!route.known) {
    return "the update succeeded, but nobody could read the route back: look at it";
  }
  const asked = greenWeightAt(definition, to);
  const { weights, notInForce } = route.value;
  if (notInForce !== undefined) return `the update succeeded, but ${notInForce}`;
  return weights.green <= asked
    ? null
    : `the update succeeded, but the route gives green ${weights.green} %, and ${to} asks for ${asked} %`;
};

/** The answer in a sentence or two; what people must know beside it stands on a line of its own. */
export const rollbackText = (answer: RollbackAnswer): string => {
  const { system, stack, outcome, from, to, weights, violations, reason, milliseconds } = answer;
  const { brokenGlass, endedFreezes, freezeProblem } = answer;
  const seconds = (milliseconds / 1_000).toFixed(1);
  const way = `${system} on ${stack}${from === null ? "" : `, from ${from}`}${to === null ? "" : ` to ${to}`}`;
  if (outcome === "back") {
    return [
      `Back: ${way}. The route gives blue ${weights?.blue ?? 0} %, green ${weights?.green ?? 0} %; it took ${seconds} s. Commit the value in the stack file.`,
      ...endedFreezes.map((freeze) => `ENDED ${freeze}: users could not work.`),
      ...(freezeProblem === null
        ? []
        : [`LOOK AT ONCE: nobody knows that users can work there. ${freezeProblem}`]),
      ...(brokenGlass === null
        ? []
        : [
            `BROKEN GLASS by ${brokenGlass.person}: ${brokenGlass.reason}. Commit ${brokenGlass.file}; nothing moves up until somebody else has reviewed it.`,
          ]),
    ].join("\n");
  }
  const why = [...violations.map(({ policy, message }) => `${policy}: ${message}`), reason ?? ""];
  return `${outcome === "refused" ? "Refused" : "FAILED"}: ${way}. ${why.filter((text) => text !== "").join(" ")}`;
};
