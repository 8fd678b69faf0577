import {
  at,
  listAt,
  onlyOne,
  routeWeights,
  weightsOfEach,
  type RequestHeader,
} from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** Istio's VirtualService. */
export const virtualService: WeightedResource = {
  type: "kubernetes:networking.istio.io/v1:VirtualService",
  kind: "VirtualService",
  weightsIn: (props) =>
    weightsOfEach(
      () => listAt(at(at(props, "spec"), "http")),
      (http) =>
        routeWeights(
          () => destinationsOf(http),
          () => headerOfHttp(http),
        ),
    ),
};

/** What a request must carry to take an HTTP route, where that is one header and nothing else. */
export const headerOfHttp = (http: unknown): RequestHeader | undefined => {
  const [, match] = onlyOne(at(http, "match")) ?? [];
  const [kind, headers] = onlyOne(match) ?? [];
  const [name, value] = kind === "headers" ? (onlyOne(headers) ?? []) : [];
  const [comparison, exact] = onlyOne(value) ?? [];
  return name === undefined || comparison !== "exact" || typeof exact !== "string"
    ? undefined
    : { name, value: exact };
};

const destinationsOf = (http: unknown) => {
  const destinations = listAt(at(http, "route"));
  return destinations.map((one) => ({
    destination: at(at(one, "destination"), "host"),
    // Istio sends everything to a destination that stands alone without a weight.
    weight: at(one, "weight") ?? (destinations.length === 1 ? 100 : undefined),
  }));
};
