import type { KubernetesObject } from "../../../rehearsal/world/kubernetes-object.ts";

const namespace = "production";

/** A Deployment `lms-blue` or `lms-green` with a readiness probe. */
export const deployment = (
  name: string,
  { replicas = 2, image = `registry.example/lms:${name}`, deadline = 300 } = {},
): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace },
  spec: {
    replicas,
    progressDeadlineSeconds: deadline,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: "lms",
            image,
            resources: { limits: { cpu: "500m", memory: "512Mi" } },
            readinessProbe: { httpGet: { path: "/api/health", port: 8080 }, periodSeconds: 1 },
          },
        ],
      },
    },
  },
});

export const service = (name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec: { selector: { app: name }, ports: [{ port: 80 }] },
});

/** The VirtualService `lms-vs` with green's weight 0–100; `http` replaces fields of its one route. */
export const virtualService = (
  greenWeight: number,
  http: Readonly<Record<string, unknown>> = {},
  before: readonly unknown[] = [],
): KubernetesObject => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "lms-vs", namespace },
  spec: {
    hosts: ["lms.example"],
    http: [
      ...before,
      {
        route: [
          { destination: { host: "lms-blue" }, weight: 100 - greenWeight },
          { destination: { host: "lms-green" }, weight: greenWeight },
        ],
        ...http,
      },
    ],
  },
});
