import { freezeOf, frozenAnnotation, frozenSoFar, type Freeze } from "../definition/freeze.ts";
import { maintenanceName } from "../definition/maintenance.ts";
import { known, unknown, type Reading } from "../policies/facts/reading.ts";
import { openSources } from "../policies/facts/sources.ts";
import { connectionsOf, timeNow, type OperatedSystem } from "./stack.ts";

/** How a system's maintenance stands in its cluster. */
export interface LiveMaintenance {
  /** While it is in force; null while users are answered. */
  readonly on: Freeze | null;
  /** What all of it has lasted in this cutover, milliseconds. */
  readonly lasted: number;
}

/** Reads how a system's maintenance stands; undefined where its plan has none. */
export const maintenanceOf = async (
  operated: Pick<OperatedSystem, "system" | "environment" | "workspace">,
): Promise<Reading<LiveMaintenance> | undefined> => {
  const { system } = operated;
  if (system.maintenance === undefined) return undefined;
  const connections = connectionsOf(operated);
  if (!connections.known) return connections;
  const { namespace } = system.workload;
  const [lease, now] = await Promise.all([
    openSources(connections.value).kubernetes.lease({ namespace, name: maintenanceName(system) }),
    timeNow(operated),
  ]);
  if (!lease.known) return lease;
  const lasted = frozenSoFar(lease.value, now);
  if (Number.isNaN(lasted)) return unknown(`${frozenAnnotation} of its Lease is no number`);
  const held = freezeOf(lease.value.spec ?? {});
  return known({
    on: held !== undefined && now < held.ends ? held : null,
    lasted: Math.max(0, lasted),
  });
};
