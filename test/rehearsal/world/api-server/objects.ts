import type { KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";

type Fields = Readonly<Record<string, unknown>>;

const namespaced = (
  apiVersion: string,
  kind: string,
  name: string,
  fields: Fields,
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "production" },
  ...fields,
});

/** A container that the API server accepts, with changes. */
export const container = (changes: Fields = {}): Fields => ({
  name: "lms",
  image: "registry.example/lms:1",
  ports: [{ name: "http", containerPort: 8080 }],
  resources: {
    requests: { cpu: "500m", memory: "256Mi" },
    limits: { cpu: "1", memory: "512Mi" },
  },
  readinessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 5 },
  ...changes,
});

/** A Deployment that the API server accepts, with changes to its spec, pod and container. */
export const deployment = (
  spec: Fields = {},
  {
    pod = {},
    ofContainer = {},
    name = "lms-green",
  }: { pod?: Fields; ofContainer?: Fields; name?: string } = {},
): KubernetesObject =>
  namespaced("apps/v1", "Deployment", name, {
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [container(ofContainer)], ...pod },
      },
      ...spec,
    },
  });

export const job = (spec: Fields = {}, pod: Fields = {}): KubernetesObject =>
  namespaced("batch/v1", "Job", "migrate", {
    spec: {
      backoffLimit: 0,
      template: {
        spec: { restartPolicy: "Never", containers: [{ name: "run", image: "lms:1" }], ...pod },
      },
      ...spec,
    },
  });

export const service = (spec: Fields = {}, name = "lms"): KubernetesObject =>
  namespaced("v1", "Service", name, {
    spec: {
      selector: { app: "lms-green" },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
      ...spec,
    },
  });

export const disruptionBudget = (spec: Fields): KubernetesObject =>
  namespaced("policy/v1", "PodDisruptionBudget", "lms", {
    spec: { selector: { matchLabels: { app: "lms-green" } }, ...spec },
  });

export const autoscaler = (spec: Fields = {}): KubernetesObject =>
  namespaced("autoscaling/v2", "HorizontalPodAutoscaler", "lms", {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "lms-green" },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
        },
      ],
      ...spec,
    },
  });

export const networkPolicy = (spec: Fields = {}): KubernetesObject =>
  namespaced("networking.k8s.io/v1", "NetworkPolicy", "lms", {
    spec: { podSelector: {}, policyTypes: ["Ingress"], ...spec },
  });

/** A VirtualService that sends blue and green their weights, with changes to its http route. */
export const virtualService = (
  blue: unknown,
  green: unknown,
  http: Fields = {},
): KubernetesObject =>
  namespaced("networking.istio.io/v1", "VirtualService", "lms", {
    spec: {
      hosts: ["lms"],
      http: [
        {
          route: [
            { destination: { host: "lms", subset: "blue" }, weight: blue },
            { destination: { host: "lms", subset: "green" }, weight: green },
          ],
          ...http,
        },
      ],
    },
  });

export const destinationRule = (spec: Fields = {}): KubernetesObject =>
  namespaced("networking.istio.io/v1", "DestinationRule", "lms", {
    spec: {
      host: "lms",
      subsets: [
        { name: "blue", labels: { side: "blue" } },
        { name: "green", labels: { side: "green" } },
      ],
      ...spec,
    },
  });
