import { configAt } from "../../definition/ladder.ts";
import type { Plan } from "../../definition/plan.ts";
import { samePosture, type PostureValue } from "../../definition/posture.ts";
import type { RawConfig } from "../../definition/stage-config.ts";

/** What a stack file says at a stage: the values that differ from their defaults, as text. */
export const stackConfigAt = (plan: Plan, stageName: string): RawConfig =>
  Object.fromEntries(
    Object.entries(configAt(plan, stageName))
      .filter(([key, value]) => !samePosture(plan.config[key]?.default, value))
      .map(([key, value]) => [key, textOf(value)]),
  );

/** A value as Pulumi hands it to a program. */
const textOf = (value: PostureValue): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

/** Keys whose line in the stack file differs between two stages. */
export const changedKeys = (plan: Plan, from: string, to: string): readonly string[] => {
  const before = configAt(plan, from);
  const after = configAt(plan, to);
  return Object.keys(plan.config).filter((key) => !samePosture(before[key], after[key]));
};
