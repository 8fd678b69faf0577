import type { KubernetesObject } from "../kubernetes-object.ts";

type Fields = Readonly<Record<string, unknown>>;

const specDefaults: Readonly<Record<string, Fields>> = {
  Deployment: { replicas: 1, progressDeadlineSeconds: 600, revisionHistoryLimit: 10 },
  HorizontalPodAutoscaler: { minReplicas: 1 },
  Job: { completions: 1, parallelism: 1, backoffLimit: 6 },
  Service: { type: "ClusterIP", sessionAffinity: "None" },
};

/** An address in the range that clusters give to services, from a counter. */
export const clusterAddress = (count: number): string =>
  `10.96.${String(Math.floor(count / 254) % 256)}.${String((count % 254) + 1)}`;

/** Fills in what an API server does, as far as something reads it. */
export const withDefaults = (object: KubernetesObject): KubernetesObject => {
  const defaults = specDefaults[object.kind];
  return defaults === undefined || object.spec === undefined
    ? object
    : { ...object, spec: { ...defaults, ...object.spec } };
};
