import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../definition/tbd.ts";
import type { IstioRoute } from "../definition/traffic.ts";
import type { Duration } from "../definition/units.ts";

/** Weights of both sides, in percent; they add up to 100. */
export interface Weights {
  readonly blue: number;
  readonly green: number;
}

export interface MeshSplitArgs {
  readonly namespace: string;
  readonly route: Settled<IstioRoute>;
  /** Hosts of both sides in the mesh. Plain names: a rollback waits for no other resource's outputs. */
  readonly hosts: { readonly blue: string; readonly green: string };
  readonly weights: Weights;
  /** What makes this write differ from what the state holds; see {@link writtenOver}. */
  readonly writtenOver?: string | undefined;
  /** Runs before the weights are written, and stops the write by throwing. */
  readonly beforeWrite?: pulumi.ResourceHook;
}

/**
 * Annotation that names the generation of the route which a write replaced. An engine compares with its
 * state and not with the cluster: where the route stands elsewhere than the state believes, only an input
 * that differs makes it write.
 */
export const writtenOver = "cutover/written-over";

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
export class MeshSplit extends pulumi.ComponentResource {
  /** The weights as the API server returned them after the write. */
  readonly weights: pulumi.Output<Weights>;

  constructor(name: string, args: MeshSplitArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:traffic:MeshSplit", name, {}, opts);
    const { namespace, route, weights, hosts } = args;
    const annotations = {
      // Whoever wrote the weights by hand owns them in the cluster's eyes; the way back must win.
      "pulumi.com/patchForce": "true",
      ...(args.writtenOver !== undefined && { [writtenOver]: args.writtenOver }),
    };
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
                  consecutive5xxErrors: 10,
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
        metadata: { name: route.name, namespace, annotations },
        spec: {
          hosts: [...route.hosts],
          gateways: [...route.gateways],
          http: [
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
        hooks: { beforeUpdate: args.beforeWrite === undefined ? [] : [args.beforeWrite] },
      },
    );
    this.weights = split.spec.apply((spec) => ({
      blue: weightOf(spec, hosts.blue),
      green: weightOf(spec, hosts.green),
    }));
    this.registerOutputs({ weights: this.weights });
  }
}

/** A host that is not listed gets no traffic. */
const weightOf = (spec: VirtualServiceSpec, host: string): number =>
  spec.http[0]?.route.find(({ destination }) => destination.host === host)?.weight ?? 0;

const istioDuration = ({ milliseconds }: Duration): string => `${milliseconds / 1_000}s`;
