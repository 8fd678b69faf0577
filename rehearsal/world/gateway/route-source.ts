import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import type { Followed } from "./followed-routes.ts";
import { noRoutes, type RouteTable } from "./route-table.ts";

/** The objects of a cluster that say where requests go. */
export interface RouteSource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Kinds that decide beside it whether a route can be taken up. */
  readonly alsoHears: readonly string[];
  isChosen(object: KubernetesObject): boolean;
  /**
   * The routes of one version, taken up.
   * @throws Error when it uses what the rehearsed gateway does not understand.
   */
  takeUp(object: KubernetesObject): RouteTable;
}

/** The routes of one object in the cluster; none while there is no such object. */
export const routesInCluster = (store: ObjectStore, source: RouteSource): Followed => {
  const heard = new Set([source.kind, ...source.alsoHears]);
  return {
    onChange: (listener) =>
      store.watch(({ object }) => {
        if (heard.has(object.kind)) listener();
      }),
    takeUp: () => {
      const found = store
        .list(source.apiVersion, source.kind)
        .find((object) => source.isChosen(object));
      return found === undefined ? noRoutes : source.takeUp(found);
    },
  };
};
