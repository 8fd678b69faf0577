import { inPercent } from "../../definition/pool-weights.ts";
import { isNotYetKnown } from "../not-yet-known.ts";
import { at, listAt, routeWeights, unreadable } from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/**
 * Cloudflare's load balancer. It knows pools by the ids that Cloudflare gave them: blue is the one that
 * everything falls back to, and whatever else it lists counts as green.
 */
export const cloudflareLoadBalancer: WeightedResource = {
  type: "cloudflare:index/loadBalancer:LoadBalancer",
  kind: "load balancer",
  weightsIn: (props) => {
    try {
      if (at(props, "steeringPolicy") !== "random") return [unreadable];
      if (overruling.some((key) => holdsSomething(at(props, key)))) return [unreadable];
      const blue = at(props, "fallbackPool");
      const weights = at(at(props, "randomSteering"), "poolWeights");
      const pools = listAt(at(props, "defaultPools")).map((pool) => ({
        destination: pool === blue ? "blue" : "green",
        weight: percentOf(at(weights, String(pool))),
      }));
      return [
        routeWeights(
          () => pools,
          () => undefined,
        ),
      ];
    } catch (error) {
      return [isNotYetKnown(error) ? { ...unreadable, notYet: true } : unreadable];
    }
  },
};

/** What sends requests elsewhere than the weights do. */
const overruling = ["rules", "countryPools", "popPools", "regionPools"];

const holdsSomething = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

const percentOf = (weight: unknown): unknown =>
  typeof weight === "number" ? inPercent(weight) : undefined;
