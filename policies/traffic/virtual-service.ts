import { at, listAt, routeWeights, unreadable } from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** Istio's VirtualService. */
export const virtualService: WeightedResource = {
  type: "kubernetes:networking.istio.io/v1:VirtualService",
  kind: "VirtualService",
  weightsIn: (props) => {
    try {
      return listAt(at(at(props, "spec"), "http")).map((http) =>
        routeWeights(() => destinationsOf(http)),
      );
    } catch {
      return [unreadable];
    }
  },
};

const destinationsOf = (http: unknown) => {
  const destinations = listAt(at(http, "route"));
  return destinations.map((one) => ({
    destination: at(at(one, "destination"), "host"),
    // Istio sends everything to a destination that stands alone without a weight.
    weight: at(one, "weight") ?? (destinations.length === 1 ? 100 : undefined),
  }));
};
