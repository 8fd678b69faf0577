import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import { readListenerRule } from "./listener-rule-reader.ts";
import { readHttpRoute } from "./http-route-reader.ts";
import type { LiveRoute } from "./live-route.ts";
import { readLoadBalancer } from "./load-balancer-reader.ts";
import type { Reading } from "./reading.ts";
import type { Connections } from "./sources.ts";
import { readWeightedRecords } from "./route53-reader.ts";
import { readVirtualService } from "./virtual-service-reader.ts";

/** Reads what carries a system's traffic. */
export interface TrafficReader {
  route(system: SettledSystem): Promise<Reading<LiveRoute>>;
}

/** A reader that asks the source of each mechanism itself. */
export const trafficReader = (
  connections: Pick<Connections, "kubernetes" | "route53" | "loadBalancing" | "cloudflare">,
): TrafficReader => ({
  route: async (system) => {
    const { traffic, workload, environments } = system;
    const { destinations } = trafficObject(system);
    const inCluster = (name: string) => ({ namespace: workload.namespace, name });
    switch (traffic.mechanism) {
      case "istio route":
        return readVirtualService(
          connections.kubernetes,
          inCluster(traffic.name),
          destinations,
          traffic.testers,
        );
      case "http route":
        return readHttpRoute(
          connections.kubernetes,
          inCluster(traffic.name),
          destinations,
          traffic.testers,
        );
      case "route53 weighted":
        return readWeightedRecords(connections.route53, traffic, destinations);
      case "alb listener rule":
        return readListenerRule(connections.loadBalancing, system, traffic);
      case "cloudflare load balancer": {
        const { cloudflare } = connections;
        const pools = { blue: environments.blue.name, green: environments.green.name };
        return cloudflare.known
          ? readLoadBalancer(cloudflare.value, traffic, system.name, pools)
          : cloudflare;
      }
    }
  },
});
