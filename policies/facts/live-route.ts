import type { SettledSystem } from "../../definition/system.ts";
import { kubernetesReader, type LiveRoute } from "./kubernetes-reader.ts";
import type { Reading } from "./reading.ts";
import { connectionsFor, type Variables } from "./sources.ts";

/** The route of a system as it is in force, read from the system's own cluster. */
export const liveRoute = async (
  system: SettledSystem,
  where: { readonly environment: string; readonly stack: string },
  variables: Variables,
): Promise<Reading<LiveRoute>> => {
  const connections = connectionsFor(where, system, variables);
  if (!connections.known) return connections;
  const { workload, traffic, environments } = system;
  return kubernetesReader(connections.value.kubernetes).route(
    { namespace: workload.namespace, name: traffic.name },
    { blue: environments.blue.name, green: environments.green.name },
  );
};
