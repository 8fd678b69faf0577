import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import type { RouteSource } from "./route-source.ts";
import { acceptedBy, type GatewayName } from "./http-route-status.ts";
import { HttpRouteSpec, type HttpRouteMatch, type HttpRouteRule } from "./http-route.ts";
import { istioDuration } from "./istio-duration.ts";
import { routeMatches } from "./route-match.ts";
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
    // The rule that asks for more headers comes first, wherever it stands.
    const routes = rules.toSorted((one, other) => headersOf(other) - headersOf(one));
    return { namespace, resourceVersion, routes: routes.map(compileRule(object)) };
  },
});

const headersOf = ({ matches }: HttpRouteRule): number =>
  Math.max(0, ...matches.map(({ headers }) => headers.length));

const asMatch = ({ headers }: HttpRouteMatch) => ({
  headers: Object.fromEntries(headers.map(({ name, value }) => [name, { exact: value }])),
});

const compileRule =
  ({ metadata }: KubernetesObject) =>
  ({ matches, backendRefs, timeouts }: HttpRouteRule, index: number): Route => ({
    name: `${metadata.name}-${index}`,
    conditional: matches.some(({ headers }) => headers.length > 0),
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
    matches: (head) => routeMatches(matches.map(asMatch), head),
  });
