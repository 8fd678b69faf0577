import { basename } from "node:path";
import { greenWeightAt, rung, wayBackFrom } from "../definition/ladder.ts";
import { unorderedWaysBack, type UnorderedWayBack } from "../definition/unordered-ways-back.ts";
import { maintenanceFromConfig, stageFromConfig } from "../definition/stage-config.ts";
import type { NoWayBack, WayBack } from "../definition/stage.ts";
import type { Weights } from "../definition/traffic.ts";
import type { LockHolder } from "../engine/engine.ts";
import { weightsInForce } from "../policies/facts/live-route.ts";
import type { Reading } from "../policies/facts/reading.ts";
import type { Judgement } from "../policies/judge.ts";
import { judge } from "./gates.ts";
import { maintenanceOf, type LiveMaintenance } from "./maintenance.ts";
import { readStackFile, stackFile } from "./stack-file.ts";
import { ledgerIn, routeOf, type OperatedSystem } from "./stack.ts";

/** Where a system stands, as each of those who know says it. */
export interface Standing {
  /** Stage of the ledger's last entry; undefined before the first. */
  readonly stage: string | undefined;
  /** When that stage was entered, ISO 8601 UTC. */
  readonly since: string | undefined;
  /** First thing wrong with the ledger, in words. */
  readonly damage: string | undefined;
  /** Stage that the stack file asks for. */
  readonly asked: string;
  /** Weights in force. */
  readonly weights: Reading<Weights>;
  /** Whether users are answered; undefined where the plan has no maintenance. */
  readonly maintenance: Reading<LiveMaintenance> | undefined;
  readonly lock: LockHolder | undefined;
  /** The stage after it with what the gates say of it now; undefined at the ladder's end. */
  readonly next: { readonly stage: string; readonly judgement: Judgement | undefined } | undefined;
  readonly back: WayBack | NoWayBack | undefined;
  /** Ways back without the order that they needed, which hold up the next stage until they are reviewed. */
  readonly unordered: readonly UnorderedWayBack[];
  /** What does not agree, in words; empty when ledger, stack file and cluster say the same. */
  readonly disagreements: readonly string[];
}

/**
 * Finds out where a system stands.
 * @throws BadInput when the stack file asks for what is no stage.
 */
export const standing = async (operated: OperatedSystem): Promise<Standing> => {
  const { definition, engine, workspace } = operated;
  const file = stackFile(workspace.directory, workspace.stack);
  const { values } = await readStackFile(file);
  const config = values[definition.name] ?? {};
  const asked = stageFromConfig(definition, config, basename(file)).name;
  const [outputs, lock, live, maintenance] = await Promise.all([
    engine.outputs(workspace),
    engine.lockHolder(workspace),
    routeOf(operated),
    maintenanceOf(operated),
  ]);
  const { entries, damage } = ledgerIn(outputs, operated);
  const { to: stage, at: since } = entries.at(-1) ?? {};
  const known = stage !== undefined && rung(definition, stage) >= 0;
  const next = definition.ladder[stage === undefined ? 0 : rung(definition, stage) + 1]?.name;
  const weights = live.known ? weightsInForce(live.value) : live;
  return {
    ...{ stage, since, damage, asked, weights, maintenance, lock },
    next:
      next === undefined
        ? undefined
        : { stage: next, judgement: await judge(operated, outputs, next) },
    back: known ? wayBackFrom(definition, stage) : undefined,
    unordered: unorderedWaysBack(definition, entries, { sequence: Infinity }),
    disagreements: [
      ...(damage === undefined ? [] : [`the ledger is damaged: ${damage}`]),
      ...(stage === asked
        ? []
        : [`the stack file asks for ${asked}, and the ledger says ${stage ?? "nothing yet"}`]),
      ...(stage === undefined ? [] : weightsProblem(operated, stage, weights)),
      ...(stage === undefined
        ? []
        : maintenanceProblem(
            maintenanceFromConfig(definition, config, basename(file)),
            maintenance,
          )),
    ],
  };
};

const weightsProblem = (
  { definition }: OperatedSystem,
  stage: string,
  weights: Reading<Weights>,
): readonly string[] => {
  if (!weights.known) return [`nobody knows the weights in force: ${weights.reason}`];
  if (rung(definition, stage) < 0) return [`the ledger says ${stage}, which is no stage any more`];
  const set = greenWeightAt(definition, stage);
  const { green } = weights.value;
  return green === set
    ? []
    : [
        `the route gives green ${green} %, and ${stage} has ${set} %: someone moved traffic by hand`,
      ];
};

const maintenanceProblem = (
  asked: boolean,
  maintenance: Reading<LiveMaintenance> | undefined,
): readonly string[] => {
  if (maintenance === undefined) return [];
  if (!maintenance.known) return [`nobody knows whether maintenance is on: ${maintenance.reason}`];
  const { on } = maintenance.value;
  if (asked === (on !== null)) return [];
  return on === null
    ? ["the stack file asks for maintenance, and users are answered: set it to off and update"]
    : [`${on.holder} has maintenance on, and the stack file does not ask for it`];
};
