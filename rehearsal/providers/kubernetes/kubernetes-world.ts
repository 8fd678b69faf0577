import type { CutoverClock } from "../../clock.ts";
import type { ObjectReference, ObjectStore } from "../../world/kubernetes-object.ts";

/** What the Kubernetes stand-in acts on. */
export interface KubernetesWorld {
  readonly store: ObjectStore;
  readonly clock: CutoverClock;
  /** Why the pods behind an object are not ready, one sentence a pod. */
  readonly reasons?: (reference: ObjectReference) => readonly string[];
  /** Where objects go that name no namespace. */
  readonly namespace?: string;
}
