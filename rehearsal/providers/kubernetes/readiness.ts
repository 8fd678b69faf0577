import type { KubernetesObject, ObjectStore } from "../../world/kubernetes-object.ts";
import { isRecord } from "../property-values.ts";

/** Where an object stands: done, given up with what went wrong, or still on its way. */
export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "failed"; readonly problems: readonly string[] }
  | { readonly state: "waiting"; readonly problems: readonly string[] };

interface Condition {
  readonly status: unknown;
  readonly reason: string;
  readonly message: string;
}

const ready: Readiness = { state: "ready" };

const conditionOf = ({ status }: KubernetesObject, type: string): Condition | undefined => {
  const conditions: readonly unknown[] = Array.isArray(status?.conditions) ? status.conditions : [];
  const found = conditions.filter(isRecord).find((condition) => condition.type === type);
  if (found === undefined) return undefined;
  return {
    status: found.status,
    reason: typeof found.reason === "string" ? found.reason : "",
    message: typeof found.message === "string" ? found.message : "",
  };
};

const count = (value: unknown, otherwise = 0): number =>
  typeof value === "number" ? value : otherwise;

const problemOf = (condition: Condition | undefined): readonly string[] =>
  condition?.status === "False" ? [`[${condition.reason}] ${condition.message}`] : [];

const deployment = (object: KubernetesObject): Readiness => {
  const { status = {}, spec = {}, metadata } = object;
  const progressing = conditionOf(object, "Progressing");
  const available = conditionOf(object, "Available");
  const observed = count(status.observedGeneration) >= (metadata.generation ?? 1);
  const wanted = count(spec.replicas, 1);
  const updated = count(status.updatedReplicas) >= wanted;
  const old = count(status.replicas, wanted) - count(status.updatedReplicas);
  const live = count(status.availableReplicas) >= wanted && available?.status !== "False";
  if (observed && updated && live && old <= 0) return ready;
  const problems = [
    ...problemOf(progressing),
    ...problemOf(available),
    live
      ? "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live"
      : "Minimum number of Pods to consider the application live was not attained",
  ];
  const gaveUp =
    observed &&
    progressing?.status === "False" &&
    progressing.reason === "ProgressDeadlineExceeded";
  return { state: gaveUp ? "failed" : "waiting", problems };
};

const job = (object: KubernetesObject): Readiness => {
  const failed = conditionOf(object, "Failed");
  if (failed?.status === "True") {
    return { state: "failed", problems: [`[${failed.reason}] ${failed.message}`] };
  }
  if (conditionOf(object, "Complete")?.status === "True") return ready;
  const { status = {}, metadata } = object;
  const progress = (["active", "succeeded", "failed"] as const)
    .map((field) => `${field}: ${String(count(status[field]))}`)
    .join(", ");
  return {
    state: "waiting",
    problems: [`Waiting for Job "${metadata.name}" to succeed (${progress})`],
  };
};

/** Pods that a service sends to, by the deployments that make them. */
const service = (object: KubernetesObject, store: ObjectStore): Readiness => {
  const { selector, type, clusterIP } = object.spec ?? {};
  const wanted = isRecord(selector) ? Object.entries(selector) : [];
  if (type === "ExternalName" || clusterIP === "None" || wanted.length === 0) return ready;
  const pending = store
    .list("apps/v1", "Deployment", object.metadata.namespace)
    .filter(({ spec }) => {
      const template = isRecord(spec?.template) ? spec.template : {};
      const metadata = isRecord(template.metadata) ? template.metadata : {};
      const labels = isRecord(metadata.labels) ? metadata.labels : {};
      return wanted.every(([key, value]) => labels[key] === value);
    })
    .some(({ status }) => count(status?.replicas) > count(status?.readyReplicas));
  return pending
    ? {
        state: "waiting",
        problems: [
          "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods",
        ],
      }
    : ready;
};

/** Where an object stands by its own status; kinds without a notion of it are ready when stored. */
export const readinessOf = (object: KubernetesObject, store: ObjectStore): Readiness => {
  if (object.kind === "Deployment") return deployment(object);
  if (object.kind === "Job") return job(object);
  return object.kind === "Service" ? service(object, store) : ready;
};
