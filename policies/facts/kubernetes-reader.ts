import { z } from "zod";
import type { Weights } from "../move.ts";
import { bounded, NoAnswer, NotThere } from "./bounded.ts";
import type { DeploymentStatus } from "./facts.ts";
import { WrongStatus } from "./http-get.ts";
import { kubernetesApi, type KubernetesConnection } from "./kubernetes-api.ts";
import type { Reading } from "./reading.ts";
import { foreignOwners, ownedMetadata } from "./route-owners.ts";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** A VirtualService as it is in force. */
export interface LiveRoute {
  /** Weights of two hosts, added up over its routes' destinations; 0 when not listed. */
  readonly weights: Weights;
  /** Counts the changes of its spec. */
  readonly generation: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whoever else keeps writing it, in words. */
  readonly owners: readonly string[];
}

/** Reads what is live in the cluster. */
export interface KubernetesReader {
  route(
    route: Named,
    hosts: { readonly blue: string; readonly green: string },
  ): Promise<Reading<LiveRoute>>;
  /** A Deployment and the image of one of its containers. */
  deployment(of: Named, container: string): Promise<Reading<DeploymentStatus>>;
}

/** A reader that asks the API server. */
export const kubernetesReader = (connection: KubernetesConnection): KubernetesReader => ({
  route: async ({ namespace, name }, hosts) => {
    const ask = await kubernetesApi(connection);
    return bounded(
      "Kubernetes",
      async (signal) => {
        const answer = await found(`VirtualService ${namespace}/${name}`, () =>
          ask(pathOf("apis/networking.istio.io/v1", namespace, "virtualservices", name), signal),
        );
        const { metadata, spec } = virtualService.parse(answer);
        const [only, ...others] = spec.http.map(({ route }) => ({
          blue: weightIn(route, hosts.blue),
          green: weightIn(route, hosts.green),
        }));
        if (only === undefined) throw new NoAnswer(`VirtualService ${name} has no route`);
        if (others.some(({ blue, green }) => blue !== only.blue || green !== only.green)) {
          throw new NoAnswer(`the routes of VirtualService ${name} have different weights`);
        }
        return {
          weights: only,
          generation: metadata.generation,
          annotations: metadata.annotations ?? {},
          owners: foreignOwners(metadata),
        };
      },
      connection.timeoutMilliseconds,
    );
  },
  deployment: async ({ namespace, name }, container) => {
    const ask = await kubernetesApi(connection);
    return bounded(
      "Kubernetes",
      async (signal) => {
        const { metadata, spec, status } = deployment.parse(
          await found(`Deployment ${namespace}/${name}`, () =>
            ask(pathOf("apis/apps/v1", namespace, "deployments", name), signal),
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
});

const count = z.int().min(0).nullish();

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

const destinations = z.array(
  z.object({ destination: z.object({ host: z.string() }), weight: z.int().min(0).nullish() }),
);

const virtualService = z.object({
  metadata: ownedMetadata.extend({ generation: z.int().min(1) }),
  spec: z.object({ http: z.array(z.object({ route: destinations })) }),
});

/** Istio sends everything to a destination that stands alone without a weight. */
const weightIn = (route: z.infer<typeof destinations>, host: string): number =>
  route
    .filter(({ destination }) => destination.host === host)
    .reduce((sum, { weight }) => sum + (weight ?? (route.length === 1 ? 100 : 0)), 0);

const pathOf = (group: string, namespace: string, plural: string, name: string): string =>
  `/${group}/namespaces/${encodeURIComponent(namespace)}/${plural}/${encodeURIComponent(name)}`;

const found = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof WrongStatus) || error.code !== 404) throw error;
    throw new NotThere(`the cluster has no ${what}`);
  }
};
