import type { DataCheck } from "./figure.ts";
import { normalised, samePosture, type ConfigKey, type Posture } from "./posture.ts";
import type { Plan } from "./plan.ts";
import type { NoWayBack, RollbackAuthority, Stage, WayBack } from "./stage.ts";
import type { Weights } from "./traffic.ts";

/** What config says at a stage: its own values over those of the stages before it and the defaults. */
export const configAt = (plan: Pick<Plan, "ladder" | "config">, stageName: string): Posture => {
  const posture: Record<string, Posture[string]> = {};
  for (const [key, { default: value }] of Object.entries(plan.config)) {
    if (value !== undefined) posture[key] = value;
  }
  for (const stage of plan.ladder) {
    for (const [key, value] of Object.entries(stage.set)) {
      posture[key] = normalised(keyNamed(plan, key), value);
    }
    if (stage.name === stageName) return posture;
  }
  throw new RangeError(`${stageName} is no stage of the ladder`);
};

/** Everything that holds at a stage: config and what follows from it. */
export const postureAt = (plan: Pick<Plan, "ladder" | "config">, stageName: string): Posture => {
  let follows: Posture = {};
  for (const stage of plan.ladder) {
    follows = { ...follows, ...stage.follows };
    if (stage.name === stageName) break;
  }
  return { ...follows, ...configAt(plan, stageName) };
};

/** Green's share of the traffic at a stage, percent; 0 where the system has no weight. */
export const greenWeightAt = (plan: Pick<Plan, "ladder" | "config">, stageName: string): number => {
  const value = configAt(plan, stageName)["trafficWeight"];
  return typeof value === "number" ? value : 0;
};

/** The weights of both sides at a stage. */
export const weightsAt = (plan: Pick<Plan, "ladder" | "config">, stageName: string): Weights => {
  const green = greenWeightAt(plan, stageName);
  return { blue: 100 - green, green };
};

/** The stage whose config values are these, if any. */
export const stageWith = (
  plan: Pick<Plan, "ladder" | "config">,
  posture: Posture,
): Stage | undefined =>
  plan.ladder.find((stage) => {
    const wanted = configAt(plan, stage.name);
    return Object.keys(plan.config).every((key) => samePosture(wanted[key], posture[key]));
  });

/** Position of a stage on the ladder, from 0; -1 for a name that is none. */
export const rung = ({ ladder }: Pick<Plan, "ladder">, stageName: string): number =>
  ladder.findIndex(({ name }) => name === stageName);

/** The stages above one, up to another and with it, from the lowest on. */
export const stagesBetween = (
  plan: Pick<Plan, "ladder">,
  above: string,
  upTo: string,
): readonly Stage[] => plan.ladder.slice(rung(plan, above) + 1, rung(plan, upTo) + 1);

/** What must hold, by the plan's words, before a system goes back from one stage to another. */
export const needsOfWayBack = (
  plan: Pick<Plan, "ladder">,
  { from, to }: { readonly from: string; readonly to: string },
): readonly string[] =>
  stagesBetween(plan, to, from).flatMap(({ rollback }) =>
    rollback !== undefined && "to" in rollback ? (rollback.needs ?? []) : [],
  );

/** The stage of that name. @throws RangeError when there is none. */
export const stageNamed = (plan: Pick<Plan, "ladder">, stageName: string): Stage => {
  const stage = plan.ladder[rung(plan, stageName)];
  if (stage === undefined) throw new RangeError(`${stageName} is no stage of the ladder`);
  return stage;
};

/** Where rolling back from a stage lands, or why there is no way back. */
export const wayBackFrom = (
  plan: Pick<Plan, "ladder" | "rollback">,
  stageName: string,
): WayBack | NoWayBack =>
  stageNamed(plan, stageName).rollback ?? { to: plan.rollback.to, within: plan.rollback.within };

/** Who may order the way back from a stage; what the plan says in general where the stage is none of the ladder. */
export const authorityFrom = (
  { ladder, rollback }: Pick<Plan, "ladder" | "rollback">,
  stageName: string | undefined,
): RollbackAuthority =>
  ladder.find(({ name }) => name === stageName)?.authority ?? rollback.authority;

const keyNamed = ({ config }: Pick<Plan, "config">, key: string): ConfigKey => {
  const found = config[key];
  if (found === undefined) throw new RangeError(`${key} is no config key of the system`);
  return found;
};

/** The data checks that must be right before a stage is left upwards; none of a stage that the ladder lacks. */
export const dataChecksOf = (
  { ladder, dataChecks = [] }: Pick<Plan, "ladder" | "dataChecks">,
  stageName: string,
): readonly DataCheck[] => {
  const named = ladder.find(({ name }) => name === stageName)?.leave?.data ?? [];
  return dataChecks.filter(({ name }) => named.includes(name));
};
