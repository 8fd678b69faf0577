import * as pulumi from "@pulumi/pulumi";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { KubernetesConnection } from "../policies/facts/kubernetes-api.ts";
import { connectionsFor } from "../policies/facts/sources.ts";
import { LeasedFreeze } from "./leased-freeze.ts";
import { timeNow } from "./world.ts";

/** A system of a stack. */
export interface SystemInStack {
  readonly system: SettledSystem;
  readonly environment: StackEnvironment;
}

/**
 * The freeze by a Lease beside a system's workload, on the stack's own clock.
 * @throws Error where nothing says how to reach the cluster.
 */
export const freezeInCluster = (
  { system, environment }: SystemInStack,
  name: string,
): LeasedFreeze =>
  new LeasedFreeze({
    connection: clusterOf({ system, environment }),
    lease: { namespace: system.workload.namespace, name },
    now: () => cutoverTime(environment),
  });

/** How a system's cluster is reached. @throws Error where nothing says so. */
export const clusterOf = ({ system, environment }: SystemInStack): KubernetesConnection => {
  const reading = connectionsFor({ environment, stack: pulumi.getStack() }, system, process.env);
  if (!reading.known) throw new Error(`nothing was frozen: ${reading.reason}`);
  return reading.value.kubernetes;
};

/** Cutover time, milliseconds since the epoch. */
export const cutoverTime = async (environment: StackEnvironment): Promise<number> =>
  Date.parse(await timeNow(environment));
