import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settled } from "../definition/tbd.ts";
import type * as definition from "../definition/workload.ts";

export interface EnvironmentArgs {
  readonly system: string;
  readonly side: "blue" | "green";
  readonly environment: Settled<definition.Environment>;
  readonly workload: Settled<definition.Workload>;
  readonly database: Settled<definition.SharedDatabase>;
}

/**
 * One side of a cutover: its Deployment with probes, its Service, and what keeps it whole while it serves.
 * The rollout is awaited, so that whatever depends on the environment finds it healthy. Both sides are
 * protected, whichever carries the traffic: an update that would remove one fails.
 */
export class Environment extends pulumi.ComponentResource {
  constructor(name: string, args: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:kubernetes:Environment", name, {}, opts);
    const { namespace } = args.workload;
    const labels = {
      "app.kubernetes.io/name": args.system,
      "app.kubernetes.io/instance": args.environment.name,
    };
    const metadata = {
      name: args.environment.name,
      namespace,
      labels: { ...labels, "app.kubernetes.io/managed-by": "pulumi", "cutover/side": args.side },
    };
    const kept = { parent: this, protect: true };

    const account = new ServiceAccount(
      `${name}-account`,
      { metadata, automountServiceAccountToken: false },
      kept,
    );
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: {
          ...metadata,
          annotations: { "pulumi.com/timeoutSeconds": inSeconds(args.workload.rolloutWithin) },
        },
        spec: {
          replicas: args.workload.replicas.least,
          progressDeadlineSeconds: args.workload.rolloutWithin.milliseconds / 1_000,
          selector: { matchLabels: labels },
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
          },
          template: {
            metadata: {
              labels: { ...labels, "app.kubernetes.io/version": args.environment.version },
            },
            spec: podSpec(args),
          },
        },
      },
      // The autoscaler owns the number of replicas once they run.
      { ...kept, dependsOn: account, ignoreChanges: ["spec.replicas"] },
    );
    new Service(
      `${name}-service`,
      {
        metadata,
        spec: {
          selector: labels,
          ports: [{ name: "http", port: args.workload.port, targetPort: "http" }],
        },
      },
      { ...kept, dependsOn: deployment },
    );
    new PodDisruptionBudget(
      `${name}-disruption-budget`,
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
      kept,
    );
    new HorizontalPodAutoscaler(
      `${name}-autoscaler`,
      {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
          minReplicas: args.workload.replicas.least,
          maxReplicas: args.workload.replicas.most,
          metrics: [
            {
              type: "Resource",
              resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } },
            },
          ],
        },
      },
      { ...kept, dependsOn: deployment },
    );

    this.registerOutputs({});
  }
}

const podSpec = ({ environment, workload, database }: EnvironmentArgs) => {
  const { repository, tag, digest } = environment.image;
  const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path, port: "http" },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 2,
  });
  return {
    serviceAccountName: environment.name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: workload.drainFor.milliseconds / 1_000,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: workload.container,
        image: `${repository}:${tag}@${digest}`,
        ports: [{ name: "http", containerPort: workload.port }],
        env: [
          {
            name: "DATABASE_URL",
            valueFrom: { secretKeyRef: { name: database.secret, key: "url" } },
          },
        ],
        resources: workload.resources,
        readinessProbe: probe(workload.health.path, 5, 3),
        livenessProbe: probe(workload.health.statusPath, 10, 6),
        startupProbe: probe(workload.health.statusPath, 2, 60),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  };
};

const inSeconds = ({ milliseconds }: { readonly milliseconds: number }): string =>
  String(milliseconds / 1_000);
