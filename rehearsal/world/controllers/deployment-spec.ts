import { z } from "zod";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { PodTemplate } from "../pods/pod-template.ts";

const DeploymentSpec = z.looseObject({
  replicas: z.int().nonnegative().default(1),
  minReadySeconds: z.number().nonnegative().default(0),
  progressDeadlineSeconds: z.number().positive().default(600),
  template: PodTemplate,
});

/** The part of a Deployment's spec that its controller reads, with Kubernetes' defaults. */
export type DeploymentSpec = z.infer<typeof DeploymentSpec>;

/** Reads the spec of a Deployment that the API server has accepted. */
export const deploymentSpec = (deployment: KubernetesObject): DeploymentSpec =>
  DeploymentSpec.parse(deployment.spec);
