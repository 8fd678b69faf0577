import { LeasedFreeze } from "../components/leased-freeze.ts";
import { freezeName } from "../definition/freeze.ts";
import { maintenanceName } from "../definition/maintenance.ts";
import type { SettledSystem } from "../definition/system.ts";
import { connectionsOf, timeNow, type OperatedSystem } from "../operator/stack.ts";

/** What kept users of the safe side from working, when traffic was back. */
export interface EndedFreezes {
  /** What was ended, in words. */
  readonly ended: readonly string[];
  /** Why nobody knows that users can work, if so. */
  readonly problem: string | undefined;
}

/**
 * Ends whatever still freezes a system once traffic is back, whoever began it: an update that died, or a person.
 * Nothing is thrown.
 */
export const endFreezes = async (
  operated: Pick<OperatedSystem, "system" | "environment" | "workspace">,
): Promise<EndedFreezes> => {
  const { system } = operated;
  const names = leasesOf(system);
  if (names.length === 0) return { ended: [], problem: undefined };
  const connections = connectionsOf(operated);
  if (!connections.known) return { ended: [], problem: connections.reason };
  const connection = connections.value.kubernetes;
  const { namespace } = system.workload;
  const ended: string[] = [];
  const problems: string[] = [];
  for (const name of names) {
    const lease = { namespace, name };
    try {
      const now = () => knownTime(operated);
      const freeze = await new LeasedFreeze({ connection, lease, now }).end();
      if (freeze !== undefined) ended.push(`${name}, held by ${freeze.holder}`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { ended, problem: problems.length === 0 ? undefined : problems.join("; ") };
};

/** Names of the Leases by which a system's users are kept from working. */
const leasesOf = (system: Pick<SettledSystem, "name" | "stores" | "maintenance">) => [
  ...(system.stores.kind === "two stores" ? [freezeName(system)] : []),
  ...(system.maintenance === undefined ? [] : [maintenanceName(system)]),
];

/** What is written as the length of a freeze must be known. */
const knownTime = async (operated: Parameters<typeof timeNow>[0]): Promise<number> => {
  const now = await timeNow(operated);
  if (!Number.isFinite(now)) throw new Error("the clock does not answer");
  return now;
};
