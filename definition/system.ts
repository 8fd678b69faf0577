import type { z } from "zod";
import { addressProblems } from "./address-problems.ts";
import { BadInput, type Problem } from "./bad-input.ts";
import { factSourceProblems } from "./fact-source-problems.ts";
import type { FactSources } from "./fact-sources.ts";
import type { TrafficName } from "./names.ts";
import { namesProblems } from "./names-problems.ts";
import type { Plan } from "./plan.ts";
import { planProblems } from "./plan-problems.ts";
import { planShape } from "./plan-shape.ts";
import type { RehearsalExample } from "./rehearsal-example.ts";
import type { RequestMetrics } from "./request-metrics.ts";
import { ownSideProblems } from "./readiness-problems.ts";
import { requestMetricsProblems } from "./request-metrics-problems.ts";
import type { Role } from "./people.ts";
import type { Stage } from "./stage.ts";
import type { Stores } from "./stores.ts";
import { storesProblems } from "./stores-problems.ts";
import { systemShape } from "./system-shape.ts";
import type { Settled } from "./tbd.ts";
import type { Traffic } from "./traffic.ts";
import { trafficProblems } from "./traffic-problems.ts";
import type { Environment, Workload } from "./workload.ts";

/** A plan together with what it moves: two sides, what they share, and how traffic is split between them. */
export interface SystemDefinition<
  StageName extends string = string,
  RoleName extends string = string,
> extends Plan<StageName, RoleName> {
  readonly workload: Workload;
  /** `blue` serves today, `green` is to take over. */
  readonly environments: { readonly blue: Environment; readonly green: Environment };
  readonly stores: Stores;
  readonly traffic: Traffic;
  /** Names of DNS under which users reach what splits the traffic, where a stage lowers their TTL. */
  readonly names?: readonly TrafficName[];
  /** What counts the requests of either side. */
  readonly requestMetrics: RequestMetrics;
  readonly sources: FactSources;
  readonly rehearsal: RehearsalExample;
}

/** A definition in which nothing is open. */
export type SettledSystem = Settled<SystemDefinition>;

/** What is written in a plan, with stage and role names known to the compiler. */
type Written<Shape, Ladder extends readonly Stage[], Roles> = Omit<Shape, "ladder" | "roles"> & {
  readonly ladder: Ladder & LandingOnStages<Ladder>;
  readonly roles: Roles;
};

/** Each stage's own way back lands on a stage of the ladder. */
type LandingOnStages<Ladder extends readonly Stage[]> = readonly Stage<
  string,
  NoInfer<Ladder[number]["name"]>
>[];

/**
 * Declares a system. A stage or role that does not exist is a compile error; what the compiler cannot see
 * is checked here.
 * @throws BadInput with the first problem and how many more there are.
 */
export const defineSystem = <
  const Ladder extends readonly Stage[],
  const Roles extends Readonly<Record<string, Role>>,
>(
  definition: Written<
    SystemDefinition<NoInfer<Ladder[number]["name"]>, NoInfer<keyof Roles & string>>,
    Ladder,
    Roles
  >,
): SystemDefinition =>
  checked(definition as unknown as SystemDefinition, systemShape, (system) => {
    const split = trafficProblems(system);
    // Names are held against what splits the traffic.
    if (split.length > 0) return split;
    return [
      ...addressProblems(system),
      ...requestMetricsProblems(system),
      ...storesProblems(system),
      ...namesProblems(system),
      ...ownSideProblems(system),
      ...factSourceProblems(system),
    ];
  });

/** Declares a plan alone, as `defineSystem` does, for what has no resources of its own yet. */
export const definePlan = <
  const Ladder extends readonly Stage[],
  const Roles extends Readonly<Record<string, Role>>,
>(
  plan: Written<
    Plan<NoInfer<Ladder[number]["name"]>, NoInfer<keyof Roles & string>>,
    Ladder,
    Roles
  >,
): Plan => checked(plan as unknown as Plan, planShape.strict());

/** @param further problems, looked for where the plan itself is right. */
const checked = <P extends Plan>(
  plan: P,
  shape: z.ZodType,
  further: (plan: P) => readonly Problem[] = () => [],
): P => {
  const problems = planProblems(plan, shape);
  const [first, ...others] = problems.length > 0 ? problems : further(plan);
  if (first !== undefined) {
    throw new BadInput({
      where: typeof plan.name === "string" ? `stacks/${plan.name}.ts` : "stacks/",
      ...first,
      ...(others.length > 0 && { remedy: `${others.length} more to mend there.` }),
    });
  }
  return plan;
};
