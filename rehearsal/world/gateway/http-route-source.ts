import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import type { RouteSource } from "./followed-routes.ts";
import { acceptedBy, type GatewayName } from "./http-route-status.ts";
import { HttpRouteSpec, type HttpRouteRule } from "./http-route.ts";
import { istioDuration } from "./istio-duration.ts";
import { noRoutes, type Route } from "./route-table.ts";

export interface HttpRouteSourceOptions {
  readonly store: ObjectStore;
  /** The route that is followed. */
  readonly route: { readonly namespace: string; readonly name: string };
  /** The gateways that this one stands for. */
  readonly gateways: readonly GatewayName[];
  /** Time, milliseconds since the epoch. */
  readonly now: () => number;
}

/** Follows an HTTPRoute of the Gateway API, and says in its status what became of it. */
export const httpRouteSource = (options: HttpRouteSourceOptions): RouteSource => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  alsoHears: ["Service"],
  isChosen: ({ metadata: { namespace, name } }) =>
    name === options.route.name && namespace === options.route.namespace,
  takeUp: (object) => {
    const { rules } = HttpRouteSpec.parse(object.spec);
    const { resourceVersion } = object.metadata;
    const namespace = object.metadata.namespace ?? "default";
    if (!acceptedBy(object, options)) return { ...noRoutes, namespace };
    return { namespace, resourceVersion, routes: rules.map(compileRule(object)) };
  },
});

const compileRule =
  ({ metadata }: KubernetesObject) =>
  ({ backendRefs, timeouts }: HttpRouteRule, index: number): Route => ({
    name: `${metadata.name}-${index}`,
    conditional: false,
    destinations: backendRefs.map(({ name, namespace, weight }) => ({
      host: namespace === undefined ? name : `${name}.${namespace}`,
      subset: undefined,
      weight,
      requestHeaders: [],
      responseHeaders: [],
    })),
    directResponse: undefined,
    // The specification: where no weight is left, every request is answered so.
    nobodyStatus: 500,
    responseHeaders: [],
    timeoutMilliseconds:
      timeouts?.request === undefined ? undefined : istioDuration(timeouts.request),
    // Retries are no part of a standard route.
    retry: { retries: 0, perTryTimeoutMilliseconds: undefined, retriable: () => false },
    matches: () => true,
  });
