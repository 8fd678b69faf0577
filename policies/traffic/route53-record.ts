import { at, listAt, routeWeights, unreadable } from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** A record of Route 53: of a weighted pair each one holds its own side's weight. */
export const route53Record: WeightedResource = {
  type: "aws:route53/record:Record",
  kind: "weighted record",
  weightsIn: (props) => {
    try {
      const policies = at(props, "weightedRoutingPolicies");
      // A simple record leads everybody to one place.
      if (policies === undefined) return undefined;
      const side = routeWeights(
        () =>
          listAt(policies).map((policy) => ({
            destination: at(props, "setIdentifier"),
            weight: at(policy, "weight"),
          })),
        // A name is all that a resolver asks for: records know no request's headers.
        () => undefined,
      );
      return [{ ...side, oneSide: true }];
    } catch {
      return [unreadable];
    }
  },
};
