import type { SettledSystem } from "./system.ts";

/** The object that carries a system's weights. */
export interface TrafficObject {
  readonly kind: string;
  /** What names it among its kind, outermost first. */
  readonly address: Readonly<Record<string, string>>;
  /** What each side is called where its weight stands. */
  readonly destinations: { readonly blue: string; readonly green: string };
}

/** The object that carries a system's weights, by its mechanism. */
export const trafficObject = ({
  traffic,
  workload,
  environments: { blue, green },
}: Pick<SettledSystem, "traffic" | "workload" | "environments">): TrafficObject => {
  switch (traffic.mechanism) {
    case "istio route":
      return {
        kind: "VirtualService",
        address: { namespace: workload.namespace, name: traffic.name },
        destinations: { blue: blue.name, green: green.name },
      };
    case "route53 weighted":
      return {
        kind: "weighted record",
        address: { zone: traffic.zoneId, name: traffic.name },
        destinations: { blue: "blue", green: "green" },
      };
    case "cloudflare load balancer":
      return {
        kind: "load balancer",
        address: { zone: traffic.zoneId, name: traffic.name },
        // Pools have no other name where weights stand than the id that Cloudflare gives them.
        destinations: { blue: "blue", green: "green" },
      };
    case "http route":
      return {
        kind: "HTTPRoute",
        address: { namespace: workload.namespace, name: traffic.name },
        destinations: { blue: blue.name, green: green.name },
      };
    case "alb listener rule":
      return {
        kind: "listener rule",
        address: { listener: traffic.listenerArn, priority: String(traffic.priority) },
        destinations: { blue: blue.name, green: green.name },
      };
  }
};

/** What people call it: `VirtualService production/lms-vs`. */
export const inWords = ({ kind, address }: TrafficObject): string =>
  `${kind} ${Object.values(address).join("/")}`;
