import { Gateway, type GatewayOptions } from "../gateway.ts";
import type { ObjectStore } from "../kubernetes-object.ts";
import { DestinationResolver } from "./destination-resolver.ts";
import { FollowedRoutes } from "./followed-routes.ts";
import { routesInCluster, type RouteSource } from "./route-source.ts";

export interface ClusterGatewayOptions extends Pick<
  GatewayOptions,
  "directory" | "sideOf" | "random"
> {
  readonly store: ObjectStore;
  /** What it follows. */
  readonly routes: RouteSource;
}

/** A gateway in the cluster: it follows an object there, and finds pods through Services. */
export const startClusterGateway = ({
  store,
  directory,
  routes,
  sideOf,
  random,
}: ClusterGatewayOptions): Promise<Gateway> => {
  const resolver = new DestinationResolver(store, directory);
  const stopWatching = store.watch(({ object }) => {
    if (object.kind === "Service" || object.kind === "DestinationRule") resolver.forget();
  });
  return Gateway.start({
    ...{ directory, sideOf, random },
    routes: new FollowedRoutes(routesInCluster(store, routes)),
    endpoints: { resolve: (destination) => resolver.resolve(destination), stop: stopWatching },
  });
};
