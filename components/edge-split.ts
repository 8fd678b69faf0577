import { LoadBalancer } from "@pulumi/cloudflare/loadBalancer.js";
import { LoadBalancerMonitor } from "@pulumi/cloudflare/loadBalancerMonitor.js";
import {
  LoadBalancerPool,
  type LoadBalancerPoolArgs,
} from "@pulumi/cloudflare/loadBalancerPool.js";
import * as pulumi from "@pulumi/pulumi";
import { balancerDescription } from "../definition/balancer-description.ts";
import { inPercent, poolWeight } from "../definition/pool-weights.ts";
import type { Settled } from "../definition/tbd.ts";
import type { CloudflareLoadBalancer, Weights } from "../definition/traffic.ts";
import type { TrafficSplit, TrafficSplitArgs } from "./traffic-split.ts";

/**
 * Splits a host between blue and green at Cloudflare's edge. One load balancer holds the weights of both pools,
 * so a move is one write; both stay listed at weight 0.
 *
 * Green alone has a monitor. Cloudflare leaves an unhealthy pool out, whatever the weights are: a sick blue
 * would send everybody to a green that no gate has let through. A pool without a monitor is never left out, so
 * what fails over goes to blue.
 */
export class EdgeSplit extends pulumi.ComponentResource implements TrafficSplit {
  /** The weights as the provider returned them after the write. */
  readonly weights: pulumi.Output<Weights>;

  constructor(
    name: string,
    args: TrafficSplitArgs<Settled<CloudflareLoadBalancer>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:traffic:EdgeSplit", name, {}, opts);
    const { system, route, weights } = args;
    const { accountId, zoneId } = route;
    const child = { parent: this, protect: true };
    const monitor = new LoadBalancerMonitor(
      `${name}-monitor`,
      {
        accountId,
        type: "https",
        path: system.workload.health.path,
        header: { Host: [route.name] },
        expectedCodes: "200",
        interval: route.checks.every.milliseconds / 1_000,
      },
      child,
    );
    const pool = (
      side: "blue" | "green",
      checks: Partial<LoadBalancerPoolArgs>,
    ): LoadBalancerPool =>
      new LoadBalancerPool(
        `${name}-${side}`,
        {
          accountId,
          name: system.environments[side].name,
          origins: [{ name: side, address: route.addresses[side] }],
          ...checks,
        },
        child,
      );
    const blue = pool("blue", {});
    const green = pool("green", { monitor: monitor.id, checkRegions: [...route.checks.from] });
    const balancer = new LoadBalancer(
      `${name}-balancer`,
      {
        zoneId,
        name: route.name,
        description: balancerDescription.of(system.name, args.writtenOver),
        // Unproxied, it would be DNS: each resolver would hold its last answer.
        proxied: true,
        defaultPools: [blue.id, green.id],
        fallbackPool: blue.id,
        steeringPolicy: "random",
        randomSteering: {
          // A pool that somebody adds gets nothing.
          defaultWeight: 0,
          poolWeights: pulumi.all([blue.id, green.id]).apply(([blueId, greenId]) => ({
            [blueId]: poolWeight(weights.blue),
            [greenId]: poolWeight(weights.green),
          })),
        },
        // A cookie would hold users where they were before a move, back as well.
        sessionAffinity: "none",
        // A single request that fails at blue must not be tried at green.
        adaptiveRouting: { failoverAcrossPools: false },
      },
      {
        ...child,
        hooks: args.hooks,
      },
    );
    this.weights = pulumi
      .all([balancer.randomSteering, blue.id, green.id])
      .apply(([{ poolWeights = {} }, blueId, greenId]) => ({
        blue: inPercent(poolWeights[blueId] ?? 0),
        green: inPercent(poolWeights[greenId] ?? 0),
      }));
    this.registerOutputs({ weights: this.weights });
  }
}
