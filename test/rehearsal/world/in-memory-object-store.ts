import {
  ApiError,
  type KubernetesObject,
  type ObjectChange,
  type ObjectReference,
  type ObjectStore,
} from "../../../rehearsal/world/kubernetes-object.ts";

const keyOf = ({ apiVersion, kind, namespace, name }: ObjectReference): string =>
  [apiVersion, kind, namespace, name].join("/");
const referenceOf = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference => ({
  apiVersion,
  kind,
  namespace: metadata.namespace ?? "default",
  name: metadata.name,
});

/** As much of an object store as the data plane needs: it accepts everything. */
export const inMemoryObjectStore = (): ObjectStore => {
  const objects = new Map<string, KubernetesObject>();
  const listeners = new Set<(change: ObjectChange) => void>();
  let version = 0;
  const tell = (change: ObjectChange): void => {
    for (const listener of [...listeners]) listener(change);
  };
  const known = (reference: ObjectReference): KubernetesObject => {
    const found = objects.get(keyOf(reference));
    if (found === undefined) throw new ApiError(404, "NotFound", reference.name);
    return found;
  };
  const put = (object: KubernetesObject, generation: number, specChanged: boolean) => {
    version += 1;
    const metadata = { ...object.metadata, generation, resourceVersion: String(version) };
    const stored = { ...object, metadata };
    objects.set(keyOf(referenceOf(object)), stored);
    tell({ type: "applied", object: stored, specChanged });
    return stored;
  };
  return {
    create: (object) => put(object, 1, true),
    replace(object) {
      const before = known(referenceOf(object));
      const specChanged = JSON.stringify(before.spec) !== JSON.stringify(object.spec);
      const generation = (before.metadata.generation ?? 1) + (specChanged ? 1 : 0);
      return put(
        { ...object, ...(before.status && { status: before.status }) },
        generation,
        specChanged,
      );
    },
    dryRun: () => undefined,
    setStatus(reference, status) {
      const before = known(reference);
      put({ ...before, status }, before.metadata.generation ?? 1, false);
    },
    get: (reference) => objects.get(keyOf(reference)),
    list: (apiVersion, kind, namespace) =>
      [...objects.values()].filter(
        (each) =>
          each.apiVersion === apiVersion &&
          each.kind === kind &&
          (namespace === undefined || each.metadata.namespace === namespace),
      ),
    delete(reference) {
      const object = known(reference);
      objects.delete(keyOf(reference));
      tell({ type: "deleted", object });
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
