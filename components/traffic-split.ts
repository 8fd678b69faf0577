import type * as pulumi from "@pulumi/pulumi";
import type { SettledSystem } from "../definition/system.ts";
import type { Settled } from "../definition/tbd.ts";
import type { Traffic, Weights } from "../definition/traffic.ts";

/** What a mechanism's component is given. */
export interface TrafficSplitArgs<Route extends Settled<Traffic>> {
  readonly system: SettledSystem;
  /** The system's traffic, where the component's own mechanism carries it. */
  readonly route: Route;
  readonly weights: Weights;
  /** Whether green gives traffic back, for a mechanism that writes one side after the other. */
  readonly back: boolean;
  /** What makes this write differ from what the state holds; see definition/written-over.ts. */
  readonly writtenOver?: string | undefined;
  /** What happens around the write of the weights. */
  readonly hooks: WriteHooks;
}

/** What happens around the write of the weights, where they are written over others; each in this order. */
export interface WriteHooks {
  /** Stops the write by throwing. */
  readonly beforeUpdate: pulumi.ResourceHook[];
  readonly afterUpdate: pulumi.ResourceHook[];
}

/** A mechanism's component, once it is declared. */
export interface TrafficSplit extends pulumi.ComponentResource {
  /** The weights as the provider returned them after the write. */
  readonly weights: pulumi.Output<Weights>;
}

/** Declares what splits a system's traffic. */
export type DeclareSplit = (
  name: string,
  args: Omit<TrafficSplitArgs<Settled<Traffic>>, "route">,
  opts: pulumi.ComponentResourceOptions,
) => TrafficSplit;

/**
 * The component of a mechanism. It is loaded for the mechanism in use only, as the program's start waits
 * for whatever SDK it needs.
 */
export const loadSplit = async (route: Settled<Traffic>): Promise<DeclareSplit> => {
  switch (route.mechanism) {
    case "istio route": {
      const { MeshSplit } = await import("./mesh-split.ts");
      return (name, args, opts) => new MeshSplit(name, { ...args, route }, opts);
    }
    case "route53 weighted": {
      const { DnsSplit } = await import("./dns-split.ts");
      return (name, args, opts) => new DnsSplit(name, { ...args, route }, opts);
    }
    case "cloudflare load balancer": {
      const { EdgeSplit } = await import("./edge-split.ts");
      return (name, args, opts) => new EdgeSplit(name, { ...args, route }, opts);
    }
    case "alb listener rule": {
      const { AlbSplit } = await import("./alb-split.ts");
      return (name, args, opts) => new AlbSplit(name, { ...args, route }, opts);
    }
    case "http route": {
      const { GatewaySplit } = await import("./gateway-split.ts");
      return (name, args, opts) => new GatewaySplit(name, { ...args, route }, opts);
    }
  }
};
