import { createHash } from "node:crypto";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../definition/tbd.ts";
import { storeOf, type Stores } from "../definition/stores.ts";
import type { Environment, Workload } from "../definition/workload.ts";
import { imageReference, restrictedContainer, restrictedPod, storeVariable } from "./pod-parts.ts";

export interface MigrationArgs {
  /** The side whose image knows the new schema. */
  readonly environment: Settled<Environment>;
  readonly workload: Settled<Workload>;
  readonly stores: Settled<Stores>;
}

/**
 * Brings the database that green works on to the revision that green needs, while blue goes on serving. One Job a
 * revision: it is awaited, never run again, and a rollback of traffic leaves the schema as it is.
 */
export class Migration extends pulumi.ComponentResource {
  constructor(name: string, args: MigrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:kubernetes:Migration", name, {}, opts);
    const { command, head, within } = args.stores.migration;
    const seconds = within.milliseconds / 1_000;
    new Job(
      `${name}-job`,
      {
        metadata: {
          name: `${name}-${nameOf(head)}`,
          namespace: args.workload.namespace,
          labels: { "app.kubernetes.io/managed-by": "pulumi" },
          annotations: { "pulumi.com/timeoutSeconds": String(seconds) },
        },
        spec: {
          // A migration that failed is looked at by a person before it runs again.
          backoffLimit: 0,
          activeDeadlineSeconds: seconds,
          template: {
            metadata: { labels: { "app.kubernetes.io/component": "migration" } },
            spec: {
              restartPolicy: "Never",
              ...restrictedPod,
              containers: [
                {
                  name: "migration",
                  image: imageReference(args.environment.image),
                  command: [...command],
                  env: [storeVariable("DATABASE_URL", storeOf(args.stores, "green"))],
                  resources: args.workload.resources,
                  ...restrictedContainer,
                },
              ],
            },
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** A revision as part of an object's name; one that Kubernetes would not take as it is keeps a digest of itself. */
const nameOf = (revision: string): string => {
  const taken = revision.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  if (taken === revision) return revision;
  return `${taken}-${createHash("sha256").update(revision).digest("hex").slice(0, 8)}`;
};
