import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { freezeName } from "../definition/freeze.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { TwoStores } from "../definition/stores.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Settled } from "../definition/tbd.ts";
import { kubernetesApi, kubernetesWriter } from "../policies/facts/kubernetes-api.ts";
import { pathOf } from "../policies/facts/kubernetes-object.ts";
import { clusterOf, cutoverTime, freezeInCluster } from "./freeze-in-cluster.ts";
import { finalSyncJob } from "./sync-objects.ts";
import type { WriteHooks } from "./traffic-split.ts";

export interface FinalSyncArgs {
  readonly system: SettledSystem;
  readonly stores: Settled<TwoStores>;
  readonly environment: StackEnvironment;
  /** What all freezes of the cutover may last, milliseconds. */
  readonly within: number;
}

/** Left of a freeze at the least when the weights are written, milliseconds: the write must end inside of it. */
const leastLeft = 5_000;

/** How often it is asked whether the Job has ended, milliseconds. */
const pollEvery = 200;

const job = z.object({
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .default({ conditions: [] }),
});

/**
 * What happens around the write that gives green its first traffic: before it, writes are frozen, the rest is
 * copied, and both stores are compared; after it, the freeze ends. When anything fails, the freeze ends and nothing is
 * written; when the process dies, the freeze ends by itself. The same move made again does all of it again.
 */
export const finalSyncHooks = (name: string, args: FinalSyncArgs): WriteHooks => {
  const { system, stores, environment, within } = args;
  const freeze = () => freezeInCluster({ system, environment }, freezeName(system));
  return {
    beforeUpdate: [
      new pulumi.ResourceHook(`${name}-final-sync`, async () => {
        const frozen = freeze();
        const ends = await frozen.begin({
          says: "writes were frozen",
          holder: name,
          inAll: within,
          endsAfter: stores.sync.finalSync.freezeEndsAfter.milliseconds,
        });
        try {
          await finalSync(args, ends);
        } catch (error) {
          // Where nobody answers it ends by itself; what went wrong first is what the operator must read.
          await frozen.end().catch(() => undefined);
          throw error;
        }
      }),
    ],
    afterUpdate: [
      new pulumi.ResourceHook(`${name}-end-of-freeze`, async () => {
        await freeze().end();
      }),
    ],
  };
};

/** Runs the Job and waits for its end. @param ends when the freeze is over, cutover time. */
const finalSync = async (args: FinalSyncArgs, ends: number): Promise<void> => {
  const { system, stores, environment } = args;
  const kubernetes = clusterOf(args);
  const { namespace } = system.workload;
  const now = () => cutoverTime(environment);
  const name = `${stores.sync.name}-final-${randomBytes(4).toString("hex")}`;
  const seconds = Math.floor((ends - leastLeft - (await now())) / 1_000);
  const manifest = finalSyncJob(
    { system: system.name, stores, workload: system.workload },
    name,
    Math.max(1, seconds),
  );
  const path = pathOf("apis/batch/v1", "jobs", { namespace, name });
  const write = await kubernetesWriter(kubernetes);
  await write("POST", path.slice(0, path.lastIndexOf("/")), manifest, AbortSignal.timeout(5_000));
  const read = await kubernetesApi(kubernetes);
  while ((await now()) < ends - leastLeft) {
    const { status } = job.parse(await read(path, AbortSignal.timeout(5_000)));
    const holds = (type: string) =>
      status.conditions.some((one) => one.type === type && one.status === "True");
    if (holds("Complete")) return;
    if (holds("Failed")) {
      throw new Error(
        `the final sync failed, and nothing was written; the log of job ${namespace}/${name} says why`,
      );
    }
    await wait(pollEvery);
  }
  throw new Error(
    `the final sync took longer than the freeze may last, and nothing was written; see job ${namespace}/${name}`,
  );
};
