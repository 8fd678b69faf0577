import type { KubernetesObject, ObjectReference, ObjectStore } from "./kubernetes-object.ts";

type Spec = NonNullable<KubernetesObject["spec"]>;

/** Changes a route past every gate, as a merge patch by hand would. */
export const patchRoute = (
  store: ObjectStore,
  reference: ObjectReference,
  changed: (spec: Spec) => Spec,
): void => {
  const route = routeIn(store, reference);
  store.replace({ ...route, spec: changed(route.spec ?? {}) });
};

/** Marks the route as another tool's, as that tool would. */
export const markRoute = (
  store: ObjectStore,
  reference: ObjectReference,
  marks: Readonly<Record<string, string>>,
): void => {
  const route = routeIn(store, reference);
  const annotations = { ...route.metadata.annotations, ...marks };
  store.replace({ ...route, metadata: { ...route.metadata, annotations } });
};

const routeIn = (store: ObjectStore, reference: ObjectReference): KubernetesObject => {
  const route = store.get(reference);
  if (route === undefined) {
    throw new Error(`there is no ${reference.kind} ${reference.name} to patch`);
  }
  return route;
};
