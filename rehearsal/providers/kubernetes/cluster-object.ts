import { ApiError, type KubernetesObject } from "../../world/kubernetes-object.ts";
import { InitializationFailed } from "../initialization-failed.ts";
import { isRecord, type Properties } from "../property-values.ts";
import { standIn, type Call } from "../stand-in.ts";
import { awaitReady, NotReady } from "./await-ready.ts";
import { completeInputs } from "./complete-inputs.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";
import { mergeInputs, pruneToInputs } from "./merge-inputs.ts";
import { idOf, kindOfToken, objectOf, referenceOf, referenceOfId } from "./object-inputs.ts";
import { predictedObject } from "./predicted-object.ts";

const identity = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];
/** Fields that the provider knows to be immutable; ConfigMaps are replaced, so that pods see the new. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec.selector"],
  Job: ["spec.completions", "spec.selector", "spec.template"],
  ConfigMap: ["data", "binaryData"],
};

const explained = (message: string, error: unknown): Error => {
  if (!(error instanceof ApiError)) throw error;
  return new Error(`${message}: ${error.message}`, { cause: error });
};

const ready = async (
  stored: KubernetesObject,
  world: KubernetesWorld,
  call: Call,
  message: string,
): Promise<KubernetesObject> => {
  try {
    return await awaitReady(stored, world, call);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const { object, reasons } = error;
    throw new InitializationFailed(idOf(object), object, `${message}: ${error.message}`, reasons);
  }
};

const notLive = "failed to fully initialize or become live";

/** The inputs of an object that no program has described yet, for an import. */
const describe = ({ status: _status, ...object }: KubernetesObject): Properties => {
  const { name, namespace, labels, annotations } = object.metadata;
  return {
    ...object,
    metadata: JSON.parse(JSON.stringify({ name, namespace, labels, annotations })) as unknown,
  };
};

const nameAndPlace = (inputs: Properties): readonly unknown[] => {
  const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
  return [metadata.name, metadata.namespace];
};

const isAutonamed = (inputs: Properties): boolean => {
  const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
  const annotations = isRecord(metadata.annotations) ? metadata.annotations : {};
  return annotations["pulumi.com/autonamed"] === "true";
};

/** Every kind of Kubernetes object, as the Pulumi provider handles it, on the cluster of a rehearsal. */
export const clusterObject = standIn({
  type: (token) => token.startsWith("kubernetes:"),
  inputs: completeInputs,
  replaceOn: (token) => [...identity, ...(immutable[kindOfToken(token).kind] ?? [])],
  // Two objects cannot have one name: the old one goes first.
  deleteBeforeReplace: (before, after) =>
    !isAutonamed(after) && String(nameAndPlace(before)) === String(nameAndPlace(after)),
  preview: predictedObject,
  idOf: (inputs: Properties) => idOf(objectOf(inputs)),

  create: async (inputs: Properties, world: KubernetesWorld, call: Call) => {
    let stored: KubernetesObject;
    try {
      stored = world.store.create(objectOf(inputs));
    } catch (error) {
      throw explained(
        `resource "${call.urn}" was not successfully created by the Kubernetes API server`,
        error,
      );
    }
    const message = `resource "${call.urn}" was successfully created, but the Kubernetes API server reported that it ${notLive}`;
    const live = await ready(stored, world, call, message);
    return { id: idOf(live), outputs: live };
  },

  update: async (id, inputs, world, call) => {
    let stored: KubernetesObject;
    try {
      const live = world.store.get(referenceOf(objectOf(inputs)));
      stored = world.store.replace(objectOf(mergeInputs(live ?? {}, call.oldInputs, inputs)));
    } catch (error) {
      throw explained(`update of resource "${call.urn}" failed`, error);
    }
    return ready(stored, world, call, `the Kubernetes API server reported that "${id}" ${notLive}`);
  },

  delete: (id, { store }, call) => {
    try {
      store.delete(referenceOfId(call.type, id));
    } catch (error) {
      // Gone is what was asked for.
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  },

  read: (id, { store }, { type, oldInputs }) => {
    const live = store.get(referenceOfId(type, id));
    if (live === undefined) return undefined;
    const known = Object.keys(oldInputs).length > 0;
    return { outputs: live, inputs: known ? pruneToInputs(live, oldInputs) : describe(live) };
  },
});
