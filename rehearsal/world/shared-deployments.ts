import { deploymentsOf, type NamedDeployment } from "../../definition/readiness.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { ObjectStore } from "./kubernetes-object.ts";

/** Deployments that a system's readiness asks about beside its own sides, each once. */
export const sharedDeployments = ({
  readiness,
}: Pick<SettledSystem, "readiness">): readonly NamedDeployment[] => {
  const named = (readiness?.components ?? []).flatMap(deploymentsOf);
  return named.filter((one, index) => named.findIndex(isSame(one)) === index);
};

/** Whether an object has the name of a Deployment. */
export const isSame =
  ({ namespace, name }: NamedDeployment) =>
  (other: { readonly namespace?: string; readonly name: string }): boolean =>
    other.namespace === namespace && other.name === name;

/** How many replicas each has. */
const replicas = 2;

const deployment = { apiVersion: "apps/v1", kind: "Deployment" };

/** Sets them up whole, as whoever runs the cluster did long ago. Nothing runs in them: a rehearsal has a gateway of its own. */
export const standUpShared = (
  store: Pick<ObjectStore, "create" | "setStatus">,
  named: readonly NamedDeployment[],
): void => {
  for (const { namespace, name } of named) {
    const labels = { app: name };
    const containers = [{ name, image: `registry.invalid/${name}:1` }];
    store.create({
      ...deployment,
      metadata: { namespace, name },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    });
    tellReady(store, { namespace, name }, replicas);
  }
};

/** Takes all pods of one of them away. */
export const takeDownShared = (
  store: Pick<ObjectStore, "setStatus">,
  of: NamedDeployment,
): void => {
  tellReady(store, of, 0);
};

const tellReady = (
  store: Pick<ObjectStore, "setStatus">,
  { namespace, name }: NamedDeployment,
  ready: number,
): void => {
  store.setStatus(
    { ...deployment, namespace, name },
    {
      observedGeneration: 1,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  );
};
