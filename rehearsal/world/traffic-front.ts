import type { IncomingMessage, ServerResponse } from "node:http";
import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import type { CutoverClock } from "../clock.ts";
import type { Interruptions } from "../providers/interruptions.ts";
import type { RunningProvider } from "../providers/provider-server.ts";
import type { AppliedWeights } from "./gateway.ts";
import { startClusterGateway } from "./gateway/cluster-gateway.ts";
import type { RouteSource } from "./gateway/route-source.ts";
import { httpRouteSource } from "./gateway/http-route-source.ts";
import { virtualServiceSource } from "./gateway/virtual-service-source.ts";
import type { KubernetesObject, ObjectStore } from "./kubernetes-object.ts";
import type { PodDirectory } from "./pods/pod-directory.ts";
import { markRoute, patchRoute } from "./route-by-hand.ts";

/** What users' requests reach first, and what people can do to the object that steers it. */
export interface TrafficFront {
  /** Where users' requests go. */
  readonly url: string;
  /** Where its metrics are, at the path `/metrics`. */
  readonly adminUrl: string;
  /** Weights by which requests are really routed now, percent. */
  applied(): AppliedWeights;
  /** Gives green another weight past every gate. */
  setByHand(green: number): void;
  /** Marks the object as another tool's, as that tool would. */
  take(marks: Readonly<Record<string, string>>): void;
  /** Makes clients stay with the side that they met first, past every gate; where it can. */
  stick?(): void;
  /** Gives the system's names the TTL with which they were found, past every gate; where it has names. */
  putTtlBack?(): void;
  /** Services of a cloud beside the cluster that steer it, where it needs some. */
  readonly cloud?: CloudServices;
  /** From here on it goes on as it is, whatever the object says: a silent no-op. */
  freeze(): void;
  stop(): Promise<void>;
}

/** A cloud that the world plays: its stand-in providers, and the APIs that facts are read from. */
export interface CloudServices {
  /** Name of the Pulumi package. */
  readonly package: string;
  start(interruptions: Interruptions): Promise<RunningProvider>;
  readonly apis: readonly CloudApi[];
  /** Refuses the next call of what carries the weights, for the rate of calls. */
  throttle(): void;
}

export interface CloudApi {
  /** Where it answers below the world's address. */
  readonly path: string;
  /** @returns false for what it does not know. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
}

export interface FrontOptions {
  readonly system: SettledSystem;
  readonly store: ObjectStore;
  readonly directory: PodDirectory;
  readonly clock: CutoverClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Starts what carries a system's traffic in its world, by the system's mechanism. */
export const startFront = (options: FrontOptions): Promise<TrafficFront> => {
  const { system, store, clock } = options;
  const { traffic, workload } = system;
  const inCluster = (name: string) => ({ namespace: workload.namespace, name });
  const { blue, green } = trafficObject(system).destinations;
  switch (traffic.mechanism) {
    case "istio route": {
      const route = inCluster(traffic.name);
      return clusterFront(options, route, virtualServiceSource(route), (spec, weight) => ({
        ...spec,
        http: [
          {
            name: "split",
            route: [
              { destination: { host: blue }, weight: 100 - weight },
              { destination: { host: green }, weight },
            ],
          },
        ],
      }));
    }
    case "http route": {
      const route = inCluster(traffic.name);
      const { gateways } = traffic;
      const source = httpRouteSource({ store, route, gateways, now: () => clock.now() });
      const { port } = workload;
      return clusterFront(options, route, source, (spec, weight) => ({
        ...spec,
        rules: [
          {
            backendRefs: [
              { name: blue, port, weight: 100 - weight },
              { name: green, port, weight },
            ],
          },
        ],
      }));
    }
    case "route53 weighted":
      // Loaded by those whose traffic DNS splits.
      return import("./dns/start-dns-front.ts").then(({ startDnsFront }) =>
        startDnsFront(options, traffic),
      );
    case "alb listener rule":
      // Loaded by those whose traffic a load balancer splits.
      return import("./elb/start-alb-front.ts").then(({ startAlbFront }) =>
        startAlbFront(options, traffic),
      );
    case "cloudflare load balancer":
      return import("./cloudflare/start-edge-front.ts").then(({ startEdgeFront }) =>
        startEdgeFront(options, traffic),
      );
  }
};

type Spec = NonNullable<KubernetesObject["spec"]>;

/** A gateway in the cluster that follows an object there. */
const clusterFront = async (
  { system, store, directory, random }: FrontOptions,
  route: { readonly namespace: string; readonly name: string },
  routes: RouteSource,
  withGreen: (spec: Spec, green: number) => Spec,
): Promise<TrafficFront> => {
  const { destinations } = trafficObject(system);
  const gateway = await startClusterGateway({
    ...{ store, directory, routes, random },
    sideOf: ({ host }) => (host === destinations.green ? "green" : "blue"),
  });
  const reference = { apiVersion: routes.apiVersion, kind: routes.kind, ...route };
  return {
    url: gateway.url,
    adminUrl: gateway.adminUrl,
    applied: () => gateway.applied(),
    setByHand: (green) => {
      patchRoute(store, reference, (spec) => withGreen(spec, green));
    },
    take: (marks) => {
      markRoute(store, reference, marks);
    },
    freeze: () => {
      gateway.frozen = true;
    },
    stop: () => gateway.stop(),
  };
};
