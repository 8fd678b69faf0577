import { Record } from "@pulumi/aws/route53/record.js";
import * as pulumi from "@pulumi/pulumi";
import { ttlAt } from "../definition/names.ts";
import type { SettledSystem } from "../definition/system.ts";

export interface NamesArgs {
  readonly system: SettledSystem;
  /** The stage whose TTL the names get. */
  readonly stage: string;
}

/** Declares a system's names. */
export type DeclareNames = (
  name: string,
  args: NamesArgs,
  opts: pulumi.ComponentResourceOptions,
) => Names;

/**
 * The names under which users reach the load balancer. Their records stand before this stack does, and are taken over
 * as they stand: the gates refuse any that leads elsewhere. A move changes one only where its stage has another TTL.
 */
export class Names extends pulumi.ComponentResource {
  constructor(name: string, args: NamesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:dns:Names", name, {}, opts);
    const { system, stage } = args;
    for (const each of system.names ?? []) {
      new Record(
        `${name}-${each.name}`,
        {
          zoneId: each.zoneId,
          name: each.name,
          type: "CNAME",
          ttl: ttlAt(system, each, stage),
          records: [each.leadsTo],
          allowOverwrite: true,
        },
        { parent: this, protect: true },
      );
    }
    this.registerOutputs({});
  }
}
