import { at, listAt, routeWeights, unreadable } from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** The Gateway API's HTTPRoute. */
export const httpRoute: WeightedResource = {
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  kind: "HTTPRoute",
  weightsIn: (props) => {
    try {
      return listAt(at(at(props, "spec"), "rules")).map((rule) =>
        routeWeights(() => backendsOf(rule)),
      );
    } catch {
      return [unreadable];
    }
  },
};

const backendsOf = (rule: unknown) => {
  const backends = listAt(at(rule, "backendRefs"));
  return backends.map((backend) => ({
    destination: at(backend, "name"),
    // Weights are shares of their sum, and 1 where nothing is said: alone, a backend gets everything.
    weight: at(backend, "weight") ?? (backends.length === 1 ? 100 : 1),
  }));
};
