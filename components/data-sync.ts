import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Lease } from "@pulumi/kubernetes/coordination/v1/lease.js";
import * as pulumi from "@pulumi/pulumi";
import { syncObjects, type SyncArgs } from "./sync-objects.ts";

/**
 * What copies between the stores of both sides, and the Lease by which writes are frozen for the last copying.
 * Both are protected: with neither, what users write on one side would be missing on the other.
 */
export class DataSync extends pulumi.ComponentResource {
  constructor(name: string, args: SyncArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:kubernetes:DataSync", name, {}, opts);
    const objects = syncObjects(args);
    const kept = { parent: this, protect: true };
    new Lease(`${name}-freeze`, objects.lease, {
      ...kept,
      // Whoever freezes writes them.
      ignoreChanges: ["spec", "metadata.annotations"],
    });
    new Deployment(`${name}-deployment`, objects.deployment, kept);
    this.registerOutputs({});
  }
}
