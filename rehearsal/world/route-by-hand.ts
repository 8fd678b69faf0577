import type { SettledSystem } from "../../definition/system.ts";
import type { KubernetesObject, ObjectStore } from "./kubernetes-object.ts";

/** Gives the route other weights past every gate, as a merge patch by hand would. */
export const patchWeights = (store: ObjectStore, system: SettledSystem, green: number): void => {
  const { environments } = system;
  const route = routeIn(store, system);
  const destinations = [
    { destination: { host: environments.blue.name }, weight: 100 - green },
    { destination: { host: environments.green.name }, weight: green },
  ];
  store.replace({
    ...route,
    spec: { ...route.spec, http: [{ name: "split", route: destinations }] },
  });
};

/** Marks the route as another tool's, as that tool would. */
export const markRoute = (
  store: ObjectStore,
  system: SettledSystem,
  marks: Readonly<Record<string, string>>,
): void => {
  const route = routeIn(store, system);
  const annotations = { ...route.metadata.annotations, ...marks };
  store.replace({ ...route, metadata: { ...route.metadata, annotations } });
};

const routeIn = (store: ObjectStore, { workload, traffic }: SettledSystem): KubernetesObject => {
  const route = store.get({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    namespace: workload.namespace,
    name: traffic.name,
  });
  if (route === undefined) throw new Error(`there is no VirtualService ${traffic.name} to patch`);
  return route;
};
