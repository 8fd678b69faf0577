import {
  at,
  listAt,
  onlyOne,
  routeWeights,
  weightsOfEach,
  type RequestHeader,
} from "./route-weights.ts";
import type { WeightedResource } from "./weighted-resources.ts";

/** The Gateway API's HTTPRoute. */
export const httpRoute: WeightedResource = {
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  kind: "HTTPRoute",
  weightsIn: (props) =>
    weightsOfEach(
      () => listAt(at(at(props, "spec"), "rules")),
      (rule) =>
        routeWeights(
          () => backendsOf(rule),
          () => headerOfRule(rule),
        ),
    ),
};

/** What a request must carry to take a rule, where that is one header and nothing else. */
export const headerOfRule = (rule: unknown): RequestHeader | undefined => {
  const [, match] = onlyOne(at(rule, "matches")) ?? [];
  const [, header] = onlyOne(at(match, "headers")) ?? [];
  const [path, method, query] = ["path", "method", "queryParams"].map((field) => at(match, field));
  // The API server adds the path that every request has.
  const anyPath =
    path === undefined || (at(path, "type") === "PathPrefix" && at(path, "value") === "/");
  const [name, value, type] = ["name", "value", "type"].map((field) => at(header, field));
  return anyPath &&
    method === undefined &&
    query === undefined &&
    (type === undefined || type === "Exact") &&
    typeof name === "string" &&
    typeof value === "string"
    ? { name, value }
    : undefined;
};

const backendsOf = (rule: unknown) => {
  const backends = listAt(at(rule, "backendRefs"));
  return backends.map((backend) => ({
    destination: at(backend, "name"),
    // Weights are shares of their sum, and 1 where nothing is said: alone, a backend gets everything.
    weight: at(backend, "weight") ?? (backends.length === 1 ? 100 : 1),
  }));
};
