import type { RequestMetrics } from "../definition/request-metrics.ts";
import type { Settled } from "../definition/tbd.ts";
import { freezeName } from "../definition/freeze.ts";
import { maintenanceName, type Maintenance } from "../definition/maintenance.ts";
import { storeOf, type Stores } from "../definition/stores.ts";
import type { Environment, Workload } from "../definition/workload.ts";
import { imageReference, restrictedContainer, restrictedPod, storeVariable } from "./pod-parts.ts";

/** What one side of a cutover consists of. */
export interface EnvironmentArgs {
  readonly system: string;
  readonly side: "blue" | "green";
  readonly environment: Settled<Environment>;
  readonly workload: Settled<Workload>;
  readonly stores: Settled<Stores>;
  readonly requestMetrics: RequestMetrics;
  /** What the plan says of maintenance, where it has any. */
  readonly maintenance?: Maintenance | undefined;
}

/** The Kubernetes objects of one side, without what names their kinds. */
export const environmentObjects = (args: EnvironmentArgs) => {
  const { workload, environment } = args;
  const labels = {
    "app.kubernetes.io/name": args.system,
    "app.kubernetes.io/instance": environment.name,
  };
  const metadata = {
    name: environment.name,
    namespace: workload.namespace,
    labels: { ...labels, "app.kubernetes.io/managed-by": "pulumi", "cutover/side": args.side },
  };
  const rolloutSeconds = workload.rolloutWithin.milliseconds / 1_000;
  return {
    account: { metadata, automountServiceAccountToken: false },
    deployment: {
      metadata: {
        ...metadata,
        annotations: { "pulumi.com/timeoutSeconds": String(rolloutSeconds) },
      },
      spec: {
        replicas: workload.replicas.least,
        progressDeadlineSeconds: rolloutSeconds,
        selector: { matchLabels: labels },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels: { ...labels, "app.kubernetes.io/version": environment.version } },
          spec: podSpec(args),
        },
      },
    },
    service: {
      metadata,
      spec: {
        selector: labels,
        ports: [{ name: "http", port: workload.port, targetPort: "http" }],
      },
    },
    disruptionBudget: {
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    autoscaler: {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
        minReplicas: workload.replicas.least,
        maxReplicas: workload.replicas.most,
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } },
          },
        ],
      },
    },
  };
};

const podSpec = ({
  system,
  side,
  environment,
  workload,
  stores,
  requestMetrics,
  maintenance,
}: EnvironmentArgs) => {
  const leases = leaseVariables({ stores, maintenance }, system);
  const probe = (path: string, periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path, port: "http" },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 2,
  });
  return {
    serviceAccountName: environment.name,
    ...restrictedPod,
    // Who follows a Lease reads it.
    automountServiceAccountToken: leases.length > 0,
    terminationGracePeriodSeconds: workload.drainFor.milliseconds / 1_000,
    containers: [
      {
        name: workload.container,
        image: imageReference(environment.image),
        ports: [{ name: "http", containerPort: workload.port }],
        env: [
          storeVariable("DATABASE_URL", storeOf(stores, side)),
          ...leases,
          ...tracerVariables(requestMetrics, environment),
        ],
        resources: workload.resources,
        readinessProbe: probe(workload.health.path, 5, 3),
        livenessProbe: probe(workload.health.statusPath, 10, 6),
        startupProbe: probe(workload.health.statusPath, 2, 60),
        ...restrictedContainer,
      },
    ],
  };
};

/** Which Lease says that writes are stopped, and which that users get a page, where that is ever so. */
const leaseVariables = (
  { stores, maintenance }: Pick<EnvironmentArgs, "stores" | "maintenance">,
  name: string,
) => [
  ...(stores.kind === "two stores" ? [{ name: "FREEZE_LEASE", value: freezeName({ name }) }] : []),
  ...(maintenance === undefined
    ? []
    : [{ name: "MAINTENANCE_LEASE", value: maintenanceName({ name }) }]),
];

/** What Datadog's tracer tags a side's requests with: without it both sides would report as one service. */
const tracerVariables = (
  metrics: RequestMetrics,
  { name, version }: EnvironmentArgs["environment"],
) =>
  metrics.source === "traces"
    ? [
        { name: "DD_SERVICE", value: name },
        { name: "DD_ENV", value: metrics.env },
        { name: "DD_VERSION", value: version },
      ]
    : [];
