import { loadBalancerTtl } from "../../../definition/weighted-records.ts";
import type { RecordSet } from "./record-set.ts";

/** A load balancer as DNS knows it: a name in its region's own zone, which aliases of other zones lead to. */
export interface LoadBalancer {
  /** Id of the zone that its name lies in. */
  readonly zoneId: string;
  /** Lower case, with the dot at its end. */
  readonly name: string;
  readonly address: string;
  /** Whether it has a healthy target. */
  readonly healthy: () => boolean;
}

/** What its name answers; its health is asked for by its name, as that of a health check by its id. */
export const recordOf = ({ name, address }: LoadBalancer): RecordSet => ({
  ...{ name, type: "A", ttl: loadBalancerTtl.milliseconds / 1_000, values: [address] },
  healthCheckId: name,
});
