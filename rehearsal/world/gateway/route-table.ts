import type { KubernetesObject } from "../kubernetes-object.ts";
import { istioDuration } from "./istio-duration.ts";
import { retryPolicy, type RetryPolicy } from "./retry-policy.ts";
import { routeMatches, type RequestHead } from "./route-match.ts";
import { VirtualServiceSpec, type HeaderChanges, type HttpRoute } from "./virtual-service.ts";

/** Where a route sends a part of its requests. */
export interface WeightedDestination {
  readonly host: string;
  readonly subset: string | undefined;
  readonly weight: number;
  readonly requestHeaders: readonly HeaderChanges[];
  readonly responseHeaders: readonly HeaderChanges[];
}

export interface Route {
  readonly name: string;
  /** Requests that match none of the conditions go on to the next route. */
  readonly conditional: boolean;
  readonly destinations: readonly WeightedDestination[];
  readonly directResponse: { readonly status: number; readonly body: string } | undefined;
  /** What a request is answered when every weight is 0. */
  readonly nobodyStatus: number;
  readonly responseHeaders: readonly HeaderChanges[];
  /** For all tries together. */
  readonly timeoutMilliseconds: number | undefined;
  readonly retry: RetryPolicy;
  matches(head: RequestHead): boolean;
}

/** All routes of one version: replaced as a whole, so a request sees one version. */
export interface RouteTable {
  readonly namespace: string;
  readonly resourceVersion: string | undefined;
  readonly routes: readonly Route[];
}

const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);

const compileRoute = (http: HttpRoute, index: number): Route => {
  const destinations = http.route ?? [];
  const responseHeaders = present([http.headers?.response]);
  return {
    name: http.name ?? `route-${index}`,
    conditional: (http.match ?? []).length > 0,
    destinations: destinations.map(({ destination, weight, headers }) => ({
      host: destination.host,
      subset: destination.subset,
      weight: weight ?? (destinations.length === 1 ? 100 : 0),
      requestHeaders: present([http.headers?.request, headers?.request]),
      responseHeaders: [...responseHeaders, ...present([headers?.response])],
    })),
    directResponse:
      http.directResponse === undefined
        ? undefined
        : { status: http.directResponse.status, body: http.directResponse.body?.string ?? "" },
    nobodyStatus: 503,
    responseHeaders,
    timeoutMilliseconds: http.timeout === undefined ? undefined : istioDuration(http.timeout),
    retry: retryPolicy(http),
    matches: (head) => routeMatches(http.match, head),
  };
};

/** Nothing is routed. */
export const noRoutes: RouteTable = {
  namespace: "default",
  resourceVersion: undefined,
  routes: [],
};

/** @throws ZodError when it uses something that the rehearsed gateway does not understand. */
export const compileRouteTable = (virtualService: KubernetesObject): RouteTable => ({
  namespace: virtualService.metadata.namespace ?? "default",
  resourceVersion: virtualService.metadata.resourceVersion,
  routes: VirtualServiceSpec.parse(virtualService.spec).http.map(compileRoute),
});
