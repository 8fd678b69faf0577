import { createHash } from "node:crypto";
import { z } from "zod";

const Probe = z.looseObject({
  httpGet: z
    .looseObject({ path: z.string().default("/"), port: z.union([z.int(), z.string()]) })
    .optional(),
  periodSeconds: z.number().positive().default(10),
  timeoutSeconds: z.number().positive().default(1),
  failureThreshold: z.int().positive().default(3),
});

const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  readinessProbe: Probe.optional(),
  resources: z
    .looseObject({ limits: z.record(z.string(), z.union([z.string(), z.number()])).default({}) })
    .default({ limits: {} }),
});

/** The part of a pod template that the rehearsed kubelet reads, with Kubernetes' defaults. */
export const PodTemplate = z.looseObject({
  metadata: z
    .looseObject({ labels: z.record(z.string(), z.string()).default({}) })
    .default({ labels: {} }),
  spec: z.looseObject({
    containers: z.array(Container).min(1),
    terminationGracePeriodSeconds: z.number().nonnegative().default(30),
  }),
});
export type PodTemplate = z.infer<typeof PodTemplate>;
export type ReadinessProbe = z.infer<typeof Probe>;

/** The container that serves: the first one. */
export const mainContainer = (template: PodTemplate): z.infer<typeof Container> => {
  const [first] = template.spec.containers;
  if (first === undefined) throw new TypeError("a pod template without a container");
  return first;
};

/** CPU limit in cores; 1 when the template sets none. */
export const cpuLimitCores = (template: PodTemplate): number => {
  const limit = String(mainContainer(template).resources.limits.cpu ?? "1");
  return limit.endsWith("m") ? Number(limit.slice(0, -1)) / 1_000 : Number(limit);
};

/** Environment variables of the container that serves, as far as their values stand in the template. */
export const variablesOf = (template: PodTemplate): Readonly<Record<string, string>> =>
  Object.fromEntries(
    mainContainer(template).env.flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** Equal for equal templates, as `pod-template-hash` is. */
export const templateHash = (template: unknown): string =>
  createHash("sha256").update(JSON.stringify(template)).digest("hex").slice(0, 10);
