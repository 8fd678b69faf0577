import { leaseSpecOf } from "../../definition/freeze.ts";
import { maintenanceName } from "../../definition/maintenance.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { CutoverClock } from "../clock.ts";
import type { ObjectStore } from "./kubernetes-object.ts";

/** Turns maintenance on past the config, as somebody with `kubectl` would. */
export const maintenanceByHand = (
  store: Pick<ObjectStore, "get" | "replace">,
  system: Pick<SettledSystem, "name" | "workload" | "maintenance">,
  clock: Pick<CutoverClock, "now">,
): void => {
  const { namespace } = system.workload;
  const reference = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace };
  const lease = store.get({ ...reference, name: maintenanceName(system) });
  if (lease === undefined || system.maintenance === undefined) {
    throw new Error(`${system.name} has no maintenance to turn on`);
  }
  const began = clock.now();
  const ends = began + system.maintenance.within.milliseconds;
  store.replace({ ...lease, spec: { ...leaseSpecOf({ holder: "somebody", began, ends }) } });
};
