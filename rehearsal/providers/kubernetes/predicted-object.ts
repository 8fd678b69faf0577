import { ApiError } from "../../world/kubernetes-object.ts";
import { containsUnknown, isRecord, UNKNOWN, type Properties } from "../property-values.ts";
import type { Call } from "../stand-in.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";
import { mergeInputs } from "./merge-inputs.ts";
import { objectOf, referenceOf } from "./object-inputs.ts";

/** What only the server knows of an object before it is made; an update leaves it as it is. */
const atCreation = { uid: UNKNOWN, creationTimestamp: UNKNOWN, resourceVersion: UNKNOWN };

const dryRun = (planned: Properties, { store }: KubernetesWorld): void => {
  try {
    store.dryRun(objectOf(planned));
  } catch (error) {
    const missing = error instanceof ApiError && /^namespaces ".*" not found$/.test(error.message);
    // The same update makes the namespace first: in a preview it is not there yet.
    if (!missing) throw error;
  }
};

/** What an object will look like: the API server checks it without storing, unless parts are unknown. */
export const predictedObject = (
  inputs: Properties,
  world: KubernetesWorld,
  { oldInputs, oldOutputs }: Call,
): Properties => {
  if (containsUnknown(inputs)) return inputs;
  const found = world.store.get(referenceOf(objectOf(inputs)));
  const live = Object.keys(oldOutputs).length === 0 ? undefined : (found ?? oldOutputs);
  const planned = live === undefined ? inputs : mergeInputs(live, oldInputs, inputs);
  // What is there before its creation is what the same update replaces: nothing to compare with.
  if (live !== undefined || found === undefined) dryRun(planned, world);
  const given = isRecord(planned.metadata) ? planned.metadata : {};
  const metadata = live === undefined ? { ...given, ...atCreation } : given;
  return { ...planned, metadata, ...("spec" in inputs ? { status: UNKNOWN } : {}) };
};
