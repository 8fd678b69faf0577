import { Record } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { dnsMark } from "../definition/dns-mark.ts";
import type { Settled } from "../definition/tbd.ts";
import type { RecordTarget, Route53Weighted, Weights } from "../definition/traffic.ts";
import { trafficObject } from "../definition/traffic-object.ts";
import type { TrafficSplit, TrafficSplitArgs } from "./traffic-split.ts";

/**
 * Splits a name between blue and green by two weighted records of Route 53. A move is two writes: the side
 * that gets more is raised first, and the other one lowered when every name server has that, so at no
 * instant are both at 0, which Route 53 would answer as if they were equal.
 */
export class DnsSplit extends pulumi.ComponentResource implements TrafficSplit {
  /** The weights as the provider returned them, once both are written. */
  readonly weights: pulumi.Output<Weights>;

  constructor(
    name: string,
    args: TrafficSplitArgs<Settled<Route53Weighted>>,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:traffic:DnsSplit", name, {}, opts);
    const { system, route, weights, back, writtenOver, hooks } = args;
    const { destinations } = trafficObject(system);
    const ttl = route.ttl.milliseconds / 1_000;
    // What is written over gives green too much; and of two new records one above 0 must come first.
    const blueFirst = back || writtenOver !== undefined || weights.green === 0;
    const order = blueFirst ? (["blue", "green"] as const) : (["green", "blue"] as const);
    // A move leaves the mark alone: it would be a third write.
    const kept = (input: string) => ({ ignoreChanges: writtenOver === undefined ? [input] : [] });
    const records: Partial<globalThis.Record<"blue" | "green", Record>> = {};
    const written: Record[] = [];
    for (const side of order) {
      const record = new Record(
        `${name}-${side}`,
        {
          zoneId: route.zoneId,
          name: route.name,
          type: "A",
          ...leadingTo(route.targets[side], ttl),
          setIdentifier: destinations[side],
          weightedRoutingPolicies: [{ weight: weights[side] }],
          ...dnsMark.onRecord(writtenOver),
        },
        {
          parent: this,
          protect: true,
          dependsOn: [...written],
          ...kept("allowOverwrite"),
          // A reading between the two writes would find neither stage.
          ...(written.length === 0 && { hooks: { beforeUpdate: hooks.beforeUpdate } }),
        },
      );
      records[side] = record;
      written.push(record);
    }
    // Last, so that an update which dies before has left the mark as it was, and is made again. There from the
    // beginning, as a rollback writes what the stack has, and nothing new.
    new Record(
      `${name}-mark`,
      { ...dnsMark.record(route, writtenOver), ttl },
      { parent: this, protect: true, dependsOn: [...written], ...kept("records") },
    );
    this.weights = pulumi
      .all([records.blue, records.green].map((record) => record?.weightedRoutingPolicies))
      .apply(([blue, green]) => ({ blue: weightIn(blue), green: weightIn(green) }));
    this.registerOutputs({ weights: this.weights });
  }
}

/** An alias has no TTL of its own. */
const leadingTo = (target: Settled<RecordTarget>, ttl: number) =>
  "alias" in target ? { aliases: [{ ...target.alias }] } : { ttl, records: [target.address] };

const weightIn = (policies: readonly { readonly weight: number }[] | undefined): number =>
  policies?.[0]?.weight ?? 0;
