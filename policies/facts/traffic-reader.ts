import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import type { Connections } from "./sources.ts";
import { readVirtualService } from "./virtual-service-reader.ts";

/** Reads what carries a system's traffic. */
export interface TrafficReader {
  route(system: SettledSystem): Promise<Reading<LiveRoute>>;
}

/** A reader that asks the source of each mechanism itself. */
export const trafficReader = (connections: Pick<Connections, "kubernetes">): TrafficReader => ({
  route: async (system) => {
    const { traffic, workload } = system;
    const { destinations } = trafficObject(system);
    switch (traffic.mechanism) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the one mechanism so far
      case "istio route":
        return readVirtualService(
          connections.kubernetes,
          { namespace: workload.namespace, name: traffic.name },
          destinations,
        );
    }
  },
});
