import { z } from "zod";
import { bounded } from "./bounded.ts";
import type { FreezeLease } from "../../definition/freeze.ts";
import type { DeploymentStatus } from "./facts.ts";
import { kubernetesApi, type KubernetesConnection } from "./kubernetes-api.ts";
import { found, pathOf, type Named } from "./kubernetes-object.ts";
import { known, type Reading } from "./reading.ts";

/** Reads what is live in the cluster. */
export interface KubernetesReader {
  /** A Deployment, and the image of one of its containers where that is asked for. */
  deployment(of: Named, container?: string): Promise<Reading<DeploymentStatus>>;
  /** A Lease by which a system is frozen. */
  lease(of: Named): Promise<Reading<FreezeLease>>;
}

/** A reader that asks the API server. */
export const kubernetesReader = (connection: KubernetesConnection): KubernetesReader => {
  /** An object as its schema has it. */
  const read = async <T>(
    { title, group, plural }: typeof deployments,
    named: Named,
    schema: z.ZodType<T>,
  ): Promise<Reading<T>> => {
    const ask = await kubernetesApi(connection);
    return bounded(
      "Kubernetes",
      async (signal) =>
        schema.parse(
          await found(`${title} ${named.namespace}/${named.name}`, () =>
            ask(pathOf(group, plural, named), signal),
          ),
        ),
      connection.timeoutMilliseconds,
    );
  };
  return {
    deployment: async (named, container) => {
      const reading = await read(deployments, named, deployment);
      if (!reading.known) return reading;
      const { metadata, spec, status } = reading.value;
      const image = spec.template.spec.containers.find((one) => one.name === container)?.image;
      return known({
        name: named.name,
        desired: spec.replicas ?? 1,
        ready: status.readyReplicas ?? 0,
        updated: status.updatedReplicas ?? 0,
        total: status.replicas ?? 0,
        observed: (status.observedGeneration ?? -1) >= (metadata.generation ?? 0),
        imageDigest: image?.split("@")[1] ?? "",
      });
    },
    lease: (named) => read(leases, named, lease),
  };
};

const deployments = { title: "Deployment", group: "apis/apps/v1", plural: "deployments" };
const leases = { title: "Lease", group: "apis/coordination.k8s.io/v1", plural: "leases" };

const count = z.int().min(0).nullish();

const lease = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z
    .object({
      holderIdentity: z.string().nullish(),
      acquireTime: z.string().nullish(),
      leaseDurationSeconds: z.int().nullish(),
    })
    .default({}),
});

const deployment = z.object({
  metadata: z.object({ generation: count }),
  spec: z.object({
    replicas: count,
    template: z.object({
      spec: z.object({
        containers: z.array(z.object({ name: z.string(), image: z.string().nullish() })),
      }),
    }),
  }),
  status: z.object({
    readyReplicas: count,
    updatedReplicas: count,
    replicas: count,
    observedGeneration: count,
  }),
});
