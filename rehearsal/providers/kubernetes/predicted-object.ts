import { ApiError } from "../../world/kubernetes-object.ts";
import { containsUnknown, isRecord, UNKNOWN, type Properties } from "../property-values.ts";
import type { Call } from "../stand-in.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";
import { mergeInputs } from "./merge-inputs.ts";
import { objectOf, referenceOf } from "./object-inputs.ts";

const serverFields = (inputs: Properties, live: Properties | undefined): Properties => {
  const metadata = isRecord(live?.metadata) ? live.metadata : {};
  return {
    uid: metadata.uid ?? UNKNOWN,
    creationTimestamp: metadata.creationTimestamp ?? UNKNOWN,
    resourceVersion: UNKNOWN,
    ...(inputs.spec === undefined ? {} : { generation: UNKNOWN }),
  };
};

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
  const metadata = isRecord(planned.metadata) ? planned.metadata : {};
  const status = "spec" in inputs ? { status: UNKNOWN } : {};
  return { ...planned, metadata: { ...metadata, ...serverFields(inputs, live) }, ...status };
};
