import { freezeName } from "../definition/freeze.ts";
import type { Settled } from "../definition/tbd.ts";
import type { TwoStores } from "../definition/stores.ts";
import type { Workload } from "../definition/workload.ts";
import { imageReference, restrictedContainer, restrictedPod, storeVariable } from "./pod-parts.ts";

/** What the copying between a system's stores is made of. */
export interface SyncArgs {
  readonly system: string;
  readonly stores: Settled<TwoStores>;
  readonly workload: Settled<Workload>;
  /** Whether the stage wants it to run. */
  readonly running: boolean;
}

/** The Kubernetes objects of the copying, without what names their kinds. */
export const syncObjects = (args: SyncArgs) => {
  const { system, workload, running } = args;
  const { sync } = args.stores;
  const { namespace } = workload;
  const labels = { "app.kubernetes.io/name": sync.name };
  const managed = { "app.kubernetes.io/managed-by": "pulumi" };
  return {
    lease: { metadata: { name: freezeName({ name: system }), namespace, labels: managed } },
    deployment: {
      metadata: { name: sync.name, namespace, labels: { ...labels, ...managed } },
      spec: {
        replicas: running ? 1 : 0,
        selector: { matchLabels: labels },
        // Two at once would copy the same change twice.
        strategy: { type: "Recreate" },
        template: { metadata: { labels }, spec: podSpec(args, sync.command) },
      },
    },
  };
};

/** A Job that runs the final sync once. @param seconds after which it is ended. */
export const finalSyncJob = (args: Omit<SyncArgs, "running">, name: string, seconds: number) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    name,
    namespace: args.workload.namespace,
    labels: { "app.kubernetes.io/component": "final-sync" },
  },
  spec: {
    backoffLimit: 0,
    activeDeadlineSeconds: seconds,
    // Its log is read the morning after.
    ttlSecondsAfterFinished: 7 * 86_400,
    template: {
      metadata: { labels: { "app.kubernetes.io/component": "final-sync" } },
      spec: {
        restartPolicy: "Never",
        ...podSpec(args, args.stores.sync.finalSync.command),
      },
    },
  },
});

const podSpec = (
  { system, stores, workload }: Omit<SyncArgs, "running">,
  command: readonly string[],
) => ({
  ...restrictedPod,
  // It keeps to the freeze, whose Lease it reads.
  automountServiceAccountToken: true,
  containers: [
    {
      name: "sync",
      image: imageReference(stores.sync.image),
      command: [...command],
      env: [
        storeVariable("BLUE_URL", stores.blue),
        storeVariable("GREEN_URL", stores.green),
        { name: "FREEZE_LEASE", value: freezeName({ name: system }) },
        { name: "DD_SERVICE", value: stores.sync.name },
      ],
      resources: workload.resources,
      ...restrictedContainer,
    },
  ],
});
