import type { Settled } from "../definition/tbd.ts";
import type { Store } from "../definition/stores.ts";
import type { Image } from "../definition/workload.ts";

/** What every pod of this project is held to: the `restricted` standard of Kubernetes. */
export const restrictedPod = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
} as const;

/** What every container is held to. */
export const restrictedContainer = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

/** An image by tag, for people, and by digest, which decides. */
export const imageReference = ({ repository, tag, digest }: Settled<Image>): string =>
  `${repository}:${tag}@${digest}`;

/** How to reach a store, from the cluster's secret. */
export const storeVariable = (name: string, { secret }: Settled<Store>) => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key: "url" } },
});
