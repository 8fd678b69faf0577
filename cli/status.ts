import type { SystemDefinition } from "../definition/system.ts";
import type { Weights } from "../definition/traffic.ts";
import { inWords } from "../definition/units.ts";
import type { UnorderedWayBack } from "../definition/unordered-ways-back.ts";
import type { LockHolder } from "../engine/engine.ts";
import { standing, type Standing } from "../operator/standing.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { ExitStatus } from "./exit-status.ts";
import { judgementAnswer, judgementText, type JudgementAnswer } from "./judgement-text.ts";
import { unorderedInWords } from "../policies/rules/evidence/broken-glass.ts";
import { maintenanceTaken } from "./maintenance-taken.ts";
import { operatedSystem, withSystem, type StackOptions } from "./operated-stack.ts";
import { printResult, type Console, type Subcommand } from "./subcommand.ts";

/** What `cutover status` answers. */
interface StatusAnswer {
  readonly system: string;
  readonly stack: string;
  readonly stage: string | null;
  readonly since: string | null;
  /** Stage that the stack file asks for. */
  readonly asked: string;
  /** Weights in force; null where nobody could read them. */
  readonly weights: Weights | null;
  /** Null where the plan has none, or nobody could read it. */
  readonly maintenance: {
    /** When it began, ISO 8601 UTC; null while users are answered. */
    readonly since: string | null;
    /** When it ends by itself. */
    readonly endsAt: string | null;
    /** What all of it has lasted in this cutover. */
    readonly lastedMilliseconds: number;
    readonly withinMilliseconds: number;
  } | null;
  readonly lock: LockHolder | null;
  readonly next: ({ readonly stage: string } & Partial<JudgementAnswer>) | null;
  /** Where rolling back lands and within how long; null where there is no way back. */
  readonly back: { readonly to: string; readonly withinMilliseconds: number } | null;
  /** Ways back without the order that they needed, which nobody has reviewed. */
  readonly unordered: readonly UnorderedWayBack[];
  /** What ledger, stack file and cluster do not agree on. */
  readonly disagreements: readonly string[];
}

const where = "cutover status";

/** `cutover status SYSTEM`: where it stands, and whether it may go on. Exit 1 when those who know disagree. */
export const status: Subcommand = {
  name: "status",
  summary: "Say where a system stands, and what the gates say of the next stage",
  examples: ["status lms --stack prod"],
  declare: (command, run) => {
    withSystem(command).action(async (system: string, options: StackOptions) => {
      await run((console) => statusOf(system, options, console));
    });
  },
};

const statusOf = async (
  name: string,
  options: StackOptions,
  console: Console,
): Promise<ExitStatus> => {
  const operated = await operatedSystem(name, options, where, console);
  const found = answer(operated, await standing(operated));
  printResult(console, options, found, () => inText(found));
  return found.disagreements.length === 0 ? ExitStatus.done : ExitStatus.refused;
};

const answer = ({ definition, workspace }: OperatedSystem, found: Standing): StatusAnswer => ({
  system: definition.name,
  stack: workspace.stack,
  stage: found.stage ?? null,
  since: found.since ?? null,
  asked: found.asked,
  weights: found.weights.known ? found.weights.value : null,
  maintenance: maintenanceAnswer(definition, found),
  lock: found.lock ?? null,
  next:
    found.next === undefined
      ? null
      : {
          stage: found.next.stage,
          ...(found.next.judgement !== undefined && judgementAnswer(found.next.judgement)),
        },
  back:
    found.back !== undefined && "to" in found.back
      ? { to: found.back.to, withinMilliseconds: found.back.within.milliseconds }
      : null,
  unordered: found.unordered,
  disagreements: found.disagreements,
});

const maintenanceAnswer = (
  { maintenance }: Pick<SystemDefinition, "maintenance">,
  { maintenance: live }: Standing,
): StatusAnswer["maintenance"] => {
  if (maintenance === undefined || live?.known !== true) return null;
  const { on, lasted } = live.value;
  return {
    since: on === null ? null : new Date(on.began).toISOString(),
    endsAt: on === null ? null : new Date(on.ends).toISOString(),
    lastedMilliseconds: lasted,
    withinMilliseconds: maintenance.within.milliseconds,
  };
};

const maintenanceLine = (maintenance: StatusAnswer["maintenance"]): readonly string[] => {
  if (maintenance === null) return [];
  const { since, endsAt, lastedMilliseconds, withinMilliseconds } = maintenance;
  const taken = maintenanceTaken(lastedMilliseconds, withinMilliseconds);
  return [
    since === null
      ? `Users      are answered; maintenance: ${taken}`
      : `Users      get the page of MAINTENANCE since ${since}, over by itself at ${endsAt ?? ""}; ${taken}`,
  ];
};

const inText = (found: StatusAnswer): string => {
  const { system, stack, stage, since, weights, maintenance, lock } = found;
  const { next, back, unordered, disagreements } = found;
  const { gates } = next ?? {};
  return [
    `${system} on ${stack}: ${stage ?? "not begun"}${since === null ? "" : ` since ${since}`}`,
    weights === null
      ? "Route      nobody could read it"
      : `Route      blue ${weights.blue} %, green ${weights.green} %`,
    back === null
      ? "Way back   none from here"
      : `Way back   to ${back.to} within ${inWords({ milliseconds: back.withinMilliseconds })}: cutover rollback ${system} --stack ${stack}`,
    ...maintenanceLine(maintenance),
    ...(lock === null
      ? []
      : [
          `Lock       process ${lock.pid} of ${lock.username} on ${lock.hostname} since ${lock.since}${lock.dead ? "; that process is gone" : ""}`,
        ]),
    next === null
      ? "Next       none: this is the last stage"
      : `Next       ${next.stage}${gates === undefined ? "" : `. ${judgementText({ allowed: next.allowed === true, nextPossibleAt: next.nextPossibleAt ?? null, gates })}`}`,
    ...unordered.map(
      (way) =>
        `GLASS      ${unorderedInWords(way)}. To be reviewed: cutover approve ${system} --stack ${stack} --review-break-glass ${way.sequence}`,
    ),
    ...disagreements.map((problem) => `PROBLEM    ${problem}`),
  ].join("\n");
};
