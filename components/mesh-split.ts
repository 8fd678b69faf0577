import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../definition/tbd.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { IstioRoute, Weights } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import type { Duration } from "../definition/units.ts";
import { routeAnnotations } from "./route-annotations.ts";
import type { TrafficSplit, TrafficSplitArgs } from "./traffic-split.ts";

interface VirtualServiceSpec {
  readonly http: readonly {
    readonly route: readonly {
      readonly destination: { readonly host: string };
      readonly weight: number;
    }[];
  }[];
}

/** The VirtualService as the API server returns it. */
class VirtualService extends CustomResource {
  declare readonly spec: pulumi.Output<VirtualServiceSpec>;
}

/**
 * Splits a host between blue and green. One VirtualService holds both weights, so a move is one write and
 * at no instant are both zero; blue stays listed at weight 0, so that a rollback changes weights only.
 */
export class MeshSplit extends pulumi.ComponentResource implements TrafficSplit {
  /** The weights as the API server returned them after the write. */
  readonly weights: pulumi.Output<Weights>;

  constructor(
    name: string,
    args: TrafficSplitArgs<Settled<IstioRoute>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:traffic:MeshSplit", name, {}, opts);
    const { system, route, weights } = args;
    const { namespace } = system.workload;
    // Plain names: a rollback waits for no other resource's outputs.
    const hosts = trafficObject(system).destinations;
    const destinations = [
      { side: "blue", host: hosts.blue, weight: weights.blue },
      { side: "green", host: hosts.green, weight: weights.green },
    ] as const;
    const rules = destinations.map(
      ({ side, host }) =>
        new CustomResource(
          `${name}-${side}-rule`,
          {
            apiVersion: "networking.istio.io/v1",
            kind: "DestinationRule",
            metadata: { name: host, namespace },
            spec: {
              host,
              trafficPolicy: {
                // A pod that keeps failing is left out, but never more than half of them.
                outlierDetection: {
                  ...failing(system),
                  interval: "10s",
                  baseEjectionTime: "30s",
                  maxEjectionPercent: 50,
                },
              },
            },
          },
          { parent: this, protect: true },
        ),
    );
    const split = new VirtualService(
      `${name}-route`,
      {
        apiVersion: "networking.istio.io/v1",
        kind: "VirtualService",
        metadata: {
          name: route.name,
          namespace,
          annotations: routeAnnotations(args.writtenOver),
        },
        spec: {
          hosts: [...route.hosts],
          gateways: [...route.gateways],
          http: [
            ...testersRoute(route.testers, hosts.green),
            {
              name: "split",
              route: destinations.map(({ host, weight }) => ({ destination: { host }, weight })),
              timeout: istioDuration(route.timeout),
              retries: {
                attempts: route.retries.attempts,
                perTryTimeout: istioDuration(route.retries.perTryTimeout),
                retryOn: "connect-failure,refused-stream,unavailable",
              },
            },
          ],
        },
      },
      {
        parent: this,
        dependsOn: rules,
        protect: true,
        hooks: args.hooks,
      },
    );
    this.weights = split.spec.apply((spec) => ({
      blue: weightOf(spec, hosts.blue),
      green: weightOf(spec, hosts.green),
    }));
    this.registerOutputs({ weights: this.weights });
  }
}

/** What makes a pod one that fails. One that answers with the page of maintenance is well: there only reaching it counts. */
const failing = ({ maintenance }: Pick<SettledSystem, "maintenance">) =>
  maintenance === undefined
    ? { consecutive5xxErrors: 10 }
    : {
        splitExternalLocalOriginErrors: true,
        consecutiveLocalOriginFailures: 10,
        consecutive5xxErrors: 0,
      };

/** Who carries the testers' header goes to green, whatever the weights are. */
const testersRoute = (testers: IstioRoute["testers"], host: string) =>
  testers === undefined
    ? []
    : [
        {
          name: "testers",
          match: [{ headers: { [testers.header]: { exact: testers.value } } }],
          route: [{ destination: { host }, weight: 100 }],
        },
      ];

/** A host that is not listed gets no traffic. */
const weightOf = (spec: VirtualServiceSpec, host: string): number =>
  // The split is the last one: the testers' route comes before it.
  spec.http.at(-1)?.route.find(({ destination }) => destination.host === host)?.weight ?? 0;

const istioDuration = ({ milliseconds }: Duration): string => `${milliseconds / 1_000}s`;
