import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../definition/tbd.ts";
import type { HttpRoute, Weights } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import type { Duration } from "../definition/units.ts";
import { routeAnnotations } from "./route-annotations.ts";
import type { TrafficSplit, TrafficSplitArgs } from "./traffic-split.ts";

interface HttpRouteSpec {
  readonly rules: readonly {
    readonly backendRefs: readonly { readonly name: string; readonly weight: number }[];
  }[];
}

/** The HTTPRoute as the API server returns it. */
class HttpRouteResource extends CustomResource {
  declare readonly spec: pulumi.Output<HttpRouteSpec>;
}

/**
 * Splits a host between blue and green with one HTTPRoute of the Gateway API. Both Services stay listed: a
 * single one at weight 0 would answer every request with an error, and a rollback changes weights only.
 */
export class GatewaySplit extends pulumi.ComponentResource implements TrafficSplit {
  /** The weights as the API server returned them after the write. */
  readonly weights: pulumi.Output<Weights>;

  constructor(
    name: string,
    args: TrafficSplitArgs<Settled<HttpRoute>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:traffic:GatewaySplit", name, {}, opts);
    const { system, route, weights } = args;
    const { namespace, port } = system.workload;
    // Plain names: a rollback waits for no other resource's outputs.
    const { blue, green } = trafficObject(system).destinations;
    const split = new HttpRouteResource(
      `${name}-route`,
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: {
          name: route.name,
          namespace,
          annotations: routeAnnotations(args.writtenOver),
        },
        spec: {
          hostnames: [...route.hosts],
          parentRefs: route.gateways.map(({ name: gateway, namespace: of, listener }) => ({
            name: gateway,
            namespace: of,
            ...(listener !== undefined && { sectionName: listener }),
          })),
          rules: [
            ...testersRule(route.testers, { name: green, port, weight: 100 }),
            {
              backendRefs: [
                { name: blue, port, weight: weights.blue },
                { name: green, port, weight: weights.green },
              ],
              timeouts: { request: gatewayDuration(route.timeout) },
            },
          ],
        },
      },
      {
        parent: this,
        protect: true,
        hooks: args.hooks,
      },
    );
    this.weights = split.spec.apply(({ rules }) => {
      // The split is the last one: the testers' rule comes before it.
      const backends = rules.at(-1)?.backendRefs ?? [];
      const weightOf = (side: string) => backends.find((one) => one.name === side)?.weight ?? 0;
      return { blue: weightOf(blue), green: weightOf(green) };
    });
    this.registerOutputs({ weights: this.weights });
  }
}

/** Who carries the testers' header goes to green, whatever the weights are. */
const testersRule = (testers: HttpRoute["testers"], backend: object) =>
  testers === undefined
    ? []
    : [
        {
          matches: [{ headers: [{ type: "Exact", name: testers.header, value: testers.value }] }],
          backendRefs: [backend],
        },
      ];

/** As the Gateway API writes it: whole numbers only. */
const gatewayDuration = ({ milliseconds }: Duration): string =>
  milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
