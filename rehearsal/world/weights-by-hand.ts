import type { SettledSystem } from "../../definition/system.ts";
import type { ObjectStore } from "./kubernetes-object.ts";

/** Gives the route other weights past every gate, as a merge patch by hand would. */
export const patchWeights = (
  store: ObjectStore,
  { workload, traffic, environments }: SettledSystem,
  green: number,
): void => {
  const route = store.get({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    namespace: workload.namespace,
    name: traffic.name,
  });
  if (route === undefined) throw new Error(`there is no VirtualService ${traffic.name} to patch`);
  const destinations = [
    { destination: { host: environments.blue.name }, weight: 100 - green },
    { destination: { host: environments.green.name }, weight: green },
  ];
  store.replace({
    ...route,
    spec: { ...route.spec, http: [{ name: "split", route: destinations }] },
  });
};
