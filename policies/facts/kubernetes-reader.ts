import { z } from "zod";
import { bounded } from "./bounded.ts";
import type { FreezeLease } from "../../definition/freeze.ts";
import type { DeploymentStatus } from "./facts.ts";
import { kubernetesApi, type KubernetesConnection } from "./kubernetes-api.ts";
import { found, pathOf, type Named } from "./kubernetes-object.ts";
import type { Reading } from "./reading.ts";

/** Reads what is live in the cluster. */
export interface KubernetesReader {
  /** A Deployment and the image of one of its containers. */
  deployment(of: Named, container: string): Promise<Reading<DeploymentStatus>>;
  /** A Lease by which a system is frozen. */
  lease(of: Named): Promise<Reading<FreezeLease>>;
}

/** A reader that asks the API server. */
export const kubernetesReader = (connection: KubernetesConnection): KubernetesReader => ({
  deployment: async (named, container) => {
    const { namespace, name } = named;
    const ask = await kubernetesApi(connection);
    return bounded(
      "Kubernetes",
      async (signal) => {
        const { metadata, spec, status } = deployment.parse(
          await found(`Deployment ${namespace}/${name}`, () =>
            ask(pathOf("apis/apps/v1", "deployments", named), signal),
          ),
        );
        const image = spec.template.spec.containers.find((one) => one.name === container)?.image;
        return {
          name,
          desired: spec.replicas ?? 1,
          ready: status.readyReplicas ?? 0,
          updated: status.updatedReplicas ?? 0,
          total: status.replicas ?? 0,
          observed: (status.observedGeneration ?? -1) >= (metadata.generation ?? 0),
          imageDigest: image?.split("@")[1] ?? "",
        };
      },
      connection.timeoutMilliseconds,
    );
  },
  lease: async (named) => {
    const ask = await kubernetesApi(connection);
    return bounded(
      "Kubernetes",
      async (signal) =>
        lease.parse(
          await found(`Lease ${named.namespace}/${named.name}`, () =>
            ask(pathOf("apis/coordination.k8s.io/v1", "leases", named), signal),
          ),
        ),
      connection.timeoutMilliseconds,
    );
  },
});

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
