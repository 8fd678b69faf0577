import type { SettledSystem } from "../../definition/system.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { DatadogReader } from "./datadog-reader.ts";
import type { DeploymentStatus, Facts } from "./facts.ts";
import { readingOf } from "./reading-of.ts";
import { known, unknown, type Reading } from "./reading.ts";

/** The newest value of a component's query. */
export interface Measured {
  readonly value: number;
  /** Beginning of the interval that it is about, milliseconds since the epoch. */
  readonly at: number;
}

/** What readiness is scored by: each part known or not on its own, so that one silent source costs one part. */
export interface ReadinessFacts {
  readonly evidence: Reading<Evidence>;
  readonly deployments: Readonly<Record<"blue" | "green", Reading<DeploymentStatus>>>;
  readonly alarmStates: Reading<Readonly<Record<string, Reading<string>>>>;
  /** By name of the component. */
  readonly measured: Readonly<Record<string, Reading<Measured>>>;
}

/** Reads what the definition's readiness components name, all at once. */
export const readReadiness = async (
  { readiness }: Pick<SettledSystem, "readiness">,
  facts: Pick<Facts, "evidence" | "blueDeployment" | "greenDeployment" | "alarmStates">,
  datadog: DatadogReader,
  now: number,
): Promise<ReadinessFacts> => {
  const components = readiness?.components ?? [];
  const [evidence, blue, green, alarmStates, measured] = await Promise.all([
    readingOf(facts.evidence),
    readingOf(facts.blueDeployment),
    readingOf(facts.greenDeployment),
    readingOf(facts.alarmStates),
    Promise.all(
      components.map(async ({ name, from }) =>
        "query" in from ? [[name, await readingOf(() => newest(datadog, from, now))] as const] : [],
      ),
    ),
  ]);
  return {
    evidence,
    deployments: { blue, green },
    alarmStates,
    measured: Object.fromEntries(measured.flat()),
  };
};

const newest = async (
  datadog: DatadogReader,
  {
    query,
    notOlderThan,
  }: { readonly query: string; readonly notOlderThan: { readonly milliseconds: number } },
  now: number,
): Promise<Reading<Measured>> => {
  const points = await datadog.points(query, { from: now - notOlderThan.milliseconds, to: now });
  if (!points.known) return points;
  const last = points.value.findLast(({ value }) => value !== null);
  return last === undefined || last.value === null
    ? unknown("Datadog has no value for it")
    : known({ value: last.value, at: last.at });
};
