import { environmentObjects } from "../../components/environment-objects.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { ObjectStore } from "./kubernetes-object.ts";

/**
 * Sets up, as somebody else did long ago, each side that the definition takes as it stands: the program
 * declares nothing of it, and a rehearsal needs it all the same.
 */
export const standUpEnvironments = (store: ObjectStore, system: SettledSystem): void => {
  for (const side of ["blue", "green"] as const) {
    const environment = system.environments[side];
    if (environment.owner !== "elsewhere") continue;
    const { workload, stores, requestMetrics } = system;
    const objects = environmentObjects({
      ...{ system: system.name, side, environment },
      ...{ workload, stores, requestMetrics },
    });
    const { account, deployment, service } = objects;
    store.create({ apiVersion: "v1", kind: "ServiceAccount", ...account });
    store.create({ apiVersion: "apps/v1", kind: "Deployment", ...deployment });
    store.create({ apiVersion: "v1", kind: "Service", ...service });
  }
};
