import { ListenerRule } from "@pulumi/aws/lb/listenerRule.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import * as pulumi from "@pulumi/pulumi";
import { listenerRuleMark } from "../definition/listener-rule-mark.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Settled } from "../definition/tbd.ts";
import type { AlbListenerRule, Weights } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import type { TrafficSplit, TrafficSplitArgs } from "./traffic-split.ts";

/**
 * Splits hosts between blue and green with one rule of an Application Load Balancer's listener. Its one action
 * holds both target groups, so a move is one write and at no instant are both zero. It never makes a client
 * stick to a side: who holds such a cookie would stay with green after a rollback, until the cookie ends.
 */
export class AlbSplit extends pulumi.ComponentResource implements TrafficSplit {
  /** The weights as the provider returned them after the write. */
  readonly weights: pulumi.Output<Weights>;

  constructor(
    name: string,
    args: TrafficSplitArgs<Settled<AlbListenerRule>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:traffic:AlbSplit", name, {}, opts);
    const { system, route, weights, writtenOver, hooks } = args;
    const kept = { parent: this, protect: true };
    const { blue, green } = trafficObject(system).destinations;
    const groups = {
      blue: targetGroup(`${name}-blue`, { system, vpcId: route.vpcId, side: blue }, kept),
      green: targetGroup(`${name}-green`, { system, vpcId: route.vpcId, side: green }, kept),
    };
    const hosts = { hostHeader: { values: [...route.hosts] } };
    const tags = tagsOf(system);
    if (route.testers !== undefined) {
      const { header, value } = route.testers;
      new ListenerRule(
        `${name}-testers`,
        {
          listenerArn: route.listenerArn,
          // Looked at before the split.
          priority: route.priority - 1,
          conditions: [hosts, { httpHeader: { httpHeaderName: header, values: [value] } }],
          actions: [
            {
              type: "forward",
              order: listenerRuleMark.order(undefined),
              forward: { targetGroups: [{ arn: groups.green.arn, weight: 100 }] },
            },
          ],
          tags,
        },
        kept,
      );
    }
    const split = new ListenerRule(
      `${name}-route`,
      {
        listenerArn: route.listenerArn,
        priority: route.priority,
        conditions: [hosts],
        actions: [
          {
            type: "forward",
            order: listenerRuleMark.order(writtenOver),
            forward: {
              targetGroups: [
                { arn: groups.blue.arn, weight: weights.blue },
                { arn: groups.green.arn, weight: weights.green },
              ],
            },
          },
        ],
        tags,
      },
      {
        ...kept,
        // A write without a mark leaves the last one: were it taken back, it could come again, and make no write.
        ignoreChanges: writtenOver === undefined ? ["actions[0].order"] : [],
        hooks,
      },
    );
    this.weights = pulumi
      .all([split.actions, groups.blue.arn, groups.green.arn])
      .apply(([actions, ofBlue, ofGreen]) => {
        // The provider gives them back in an order of its own.
        const listed = actions.flatMap(({ forward }) => forward?.targetGroups ?? []);
        const weightOf = (arn: string) => listed.find((one) => one.arn === arn)?.weight ?? 0;
        return { blue: weightOf(ofBlue), green: weightOf(ofGreen) };
      });
    this.registerOutputs({ weights: this.weights });
  }
}

/** The target group of a side, to which the controller in the cluster registers the pods of its Service. */
const targetGroup = (
  name: string,
  {
    system,
    vpcId,
    side,
  }: { readonly system: SettledSystem; readonly vpcId: string; readonly side: string },
  kept: pulumi.CustomResourceOptions,
): TargetGroup => {
  const { namespace, port, health, drainFor } = system.workload;
  const group = new TargetGroup(
    `${name}-targets`,
    {
      name: side,
      targetType: "ip",
      vpcId,
      port,
      protocol: "HTTP",
      deregistrationDelay: drainFor.milliseconds / 1_000,
      healthCheck: {
        path: health.path,
        protocol: "HTTP",
        port: "traffic-port",
        matcher: "200",
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      tags: tagsOf(system),
    },
    kept,
  );
  new CustomResource(
    `${name}-binding`,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { name: side, namespace },
      spec: {
        targetGroupARN: group.arn,
        targetType: "ip",
        serviceRef: { name: side, port },
      },
    },
    kept,
  );
  return group;
};

/** Says to people and tools whose it is. */
const tagsOf = ({ name }: SettledSystem): Readonly<Record<string, string>> => ({
  "managed-by": "pulumi",
  "cutover:system": name,
});
