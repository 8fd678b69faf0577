import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { environmentObjects, type EnvironmentArgs } from "./environment-objects.ts";

/**
 * One side of a cutover: its Deployment with probes, its Service, and what keeps it whole while it serves.
 * The rollout is awaited, so that whatever depends on the environment finds it healthy. Both sides are
 * protected, whichever carries the traffic: an update that would remove one fails.
 */
export class Environment extends pulumi.ComponentResource {
  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:kubernetes:Environment", name, {}, opts);
    const objects = environmentObjects(args);
    const kept = { parent: this, protect: true };
    const account = new ServiceAccount(`${name}-account`, objects.account, kept);
    const deployment = new Deployment(`${name}-deployment`, objects.deployment, {
      ...kept,
      dependsOn: account,
      // The autoscaler owns the number of replicas once they run.
      ignoreChanges: ["spec.replicas"],
    });
    const running = { ...kept, dependsOn: deployment };
    new Service(`${name}-service`, objects.service, running);
    new PodDisruptionBudget(`${name}-disruption-budget`, objects.disruptionBudget, kept);
    new HorizontalPodAutoscaler(`${name}-autoscaler`, objects.autoscaler, running);
    this.registerOutputs({});
  }
}
