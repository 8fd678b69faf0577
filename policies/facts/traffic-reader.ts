import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import type { LiveName } from "./facts.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import type { Connections } from "./sources.ts";

/** Reads what carries a system's traffic, and the names that lead to it. */
export interface TrafficReader {
  route(system: SettledSystem): Promise<Reading<LiveRoute>>;
  names(system: SettledSystem): Promise<Reading<readonly LiveName[]>>;
}

/** A reader that asks the source of each mechanism itself; what reads it is loaded for the one in use only. */
export const trafficReader = (
  connections: Pick<Connections, "kubernetes" | "route53" | "loadBalancing" | "cloudflare">,
): TrafficReader => ({
  route: async (system) => {
    const { traffic, workload, environments } = system;
    const { destinations } = trafficObject(system);
    const inCluster = (name: string) => ({ namespace: workload.namespace, name });
    switch (traffic.mechanism) {
      case "istio route": {
        const { readVirtualService } = await import("./virtual-service-reader.ts");
        return readVirtualService(
          connections.kubernetes,
          inCluster(traffic.name),
          destinations,
          traffic.testers,
        );
      }
      case "http route": {
        const { readHttpRoute } = await import("./http-route-reader.ts");
        return readHttpRoute(
          connections.kubernetes,
          inCluster(traffic.name),
          destinations,
          traffic.testers,
        );
      }
      case "route53 weighted": {
        const { readWeightedRecords } = await import("./route53-reader.ts");
        return readWeightedRecords(connections.route53, traffic, destinations);
      }
      case "alb listener rule": {
        const { readListenerRule } = await import("./listener-rule-reader.ts");
        return readListenerRule(connections.loadBalancing, system, traffic);
      }
      case "cloudflare load balancer": {
        const { readLoadBalancer } = await import("./load-balancer-reader.ts");
        const { cloudflare } = connections;
        const pools = { blue: environments.blue.name, green: environments.green.name };
        return cloudflare.known
          ? readLoadBalancer(cloudflare.value, traffic, system.name, pools)
          : cloudflare;
      }
    }
  },
  names: async ({ names = [] }) => {
    const { readNames } = await import("./names-reader.ts");
    return readNames(connections.route53, names);
  },
});
