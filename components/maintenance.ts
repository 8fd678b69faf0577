import { Lease } from "@pulumi/kubernetes/coordination/v1/lease.js";
import * as pulumi from "@pulumi/pulumi";
import { frozenAnnotation } from "../definition/freeze.ts";
import {
  maintenanceAnnotation,
  maintenanceName,
  type Maintenance,
} from "../definition/maintenance.ts";
import { freezeInCluster, type SystemInStack } from "./freeze-in-cluster.ts";

export interface MaintenanceArgs extends SystemInStack {
  readonly maintenance: Maintenance;
  /** Whether the config asks for it. */
  readonly on: boolean;
}

/**
 * The Lease that holds a system's maintenance. The update that turns it on takes the Lease, the one that turns it off
 * gives it back and notes on it how long that was; either fails where the cluster does not let it. Nobody need be
 * alive for its end: it is over when the plan's time is.
 */
export const declareMaintenance = (
  name: string,
  args: MaintenanceArgs,
  opts: pulumi.ComponentResourceOptions,
): Lease => {
  const { system, maintenance, on } = args;
  const { milliseconds: within } = maintenance.within;
  const freeze = () => freezeInCluster(args, maintenanceName(system));
  const hook = on
    ? new pulumi.ResourceHook(`${name}-begin`, async () => {
        const says = "maintenance was on";
        await freeze().begin({ says, holder: name, inAll: within, endsAfter: within });
      })
    : new pulumi.ResourceHook(`${name}-end`, async () => {
        await freeze().end();
      });
  return new Lease(
    name,
    {
      metadata: {
        name: maintenanceName(system),
        namespace: system.workload.namespace,
        labels: { "app.kubernetes.io/managed-by": "pulumi" },
        annotations: { [maintenanceAnnotation]: on ? "on" : "off" },
      },
    },
    {
      ...opts,
      protect: true,
      // Whoever holds it writes them.
      ignoreChanges: ["spec", `metadata.annotations["${frozenAnnotation}"]`],
      // What is to be taken must be there first.
      hooks: on ? { afterCreate: [hook], beforeUpdate: [hook] } : { beforeUpdate: [hook] },
    },
  );
};
