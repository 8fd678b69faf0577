import type { SettledSystem } from "../../definition/system.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { DeploymentStatus, Facts, Newest } from "./facts.ts";
import type { FigureReader } from "./figure-reader.ts";
import type { KubernetesReader } from "./kubernetes-reader.ts";
import { readingOf } from "./reading-of.ts";
import type { Reading } from "./reading.ts";

/** Who is asked beside the facts that other rules need as well. */
export interface ReadinessSources {
  readonly figures: Pick<FigureReader, "newest">;
  readonly kubernetes: Pick<KubernetesReader, "deployment">;
}

/** What readiness is scored by: each part known or not on its own, so that one silent source costs one part. */
export interface ReadinessFacts {
  readonly evidence: Reading<Evidence>;
  readonly deployments: Readonly<Record<"blue" | "green", Reading<DeploymentStatus>>>;
  readonly alarmStates: Reading<Readonly<Record<string, Reading<string>>>>;
  /** What a component names of the cluster beside the sides, in its order; by name of the component. */
  readonly shared: Readonly<Record<string, readonly Reading<DeploymentStatus>[]>>;
  /** By name of the component. */
  readonly measured: Readonly<Record<string, Reading<Newest>>>;
}

/** Reads what the definition's readiness components name, all at once. */
export const readReadiness = async (
  { readiness }: Pick<SettledSystem, "readiness">,
  facts: Pick<Facts, "evidence" | "blueDeployment" | "greenDeployment" | "alarmStates">,
  { figures, kubernetes }: ReadinessSources,
  now: number,
): Promise<ReadinessFacts> => {
  const components = readiness?.components ?? [];
  const [evidence, blue, green, alarmStates, shared, measured] = await Promise.all([
    readingOf(facts.evidence),
    readingOf(facts.blueDeployment),
    readingOf(facts.greenDeployment),
    readingOf(facts.alarmStates),
    Promise.all(
      components.map(async ({ name, from }) => {
        if (!("deployments" in from)) return [];
        const asked = from.deployments.map((one) => readingOf(() => kubernetes.deployment(one)));
        return [[name, await Promise.all(asked)] as const];
      }),
    ),
    Promise.all(
      components.map(async ({ name, from }) =>
        "query" in from ? [[name, await readingOf(() => figures.newest(from, now))] as const] : [],
      ),
    ),
  ]);
  return {
    evidence,
    deployments: { blue, green },
    alarmStates,
    shared: Object.fromEntries(shared.flat()),
    measured: Object.fromEntries(measured.flat()),
  };
};
