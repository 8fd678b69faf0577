import type { KubernetesObject } from "../kubernetes-object.ts";

type Fields = Readonly<Record<string, unknown>>;

const specDefaults: Readonly<Record<string, Fields>> = {
  Deployment: { replicas: 1, progressDeadlineSeconds: 600, revisionHistoryLimit: 10 },
  HorizontalPodAutoscaler: { minReplicas: 1 },
  Job: { completions: 1, parallelism: 1, backoffLimit: 6 },
  Service: { type: "ClusterIP", sessionAffinity: "None" },
};

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** Each entry of a list with defaults; what is no list of objects is for the schema to refuse. */
const eachWith = (list: unknown, defaults: Fields): unknown =>
  Array.isArray(list)
    ? list.map((entry: unknown) => (isFields(entry) ? { ...defaults, ...entry } : entry))
    : list;

/** The defaults that the CRD of the Gateway API has for an HTTPRoute. */
const httpRouteSpec = (spec: Fields): Fields => {
  const { parentRefs, rules = [{}] } = spec;
  const parent = { group: "gateway.networking.k8s.io", kind: "Gateway" };
  const anyPath = { path: { type: "PathPrefix", value: "/" } };
  const ruled = eachWith(rules, { matches: [anyPath] });
  return {
    ...spec,
    ...(parentRefs !== undefined && { parentRefs: eachWith(parentRefs, parent) }),
    rules: Array.isArray(ruled)
      ? ruled.map((rule: unknown) =>
          isFields(rule) && "backendRefs" in rule
            ? {
                ...rule,
                matches: eachWith(rule.matches, anyPath),
                backendRefs: eachWith(rule.backendRefs, { group: "", kind: "Service", weight: 1 }),
              }
            : rule,
        )
      : ruled,
  };
};

/** An address in the range that clusters give to services, from a counter. */
export const clusterAddress = (count: number): string =>
  `10.96.${String(Math.floor(count / 254) % 256)}.${String((count % 254) + 1)}`;

/** Fills in what an API server does, as far as something reads it. */
export const withDefaults = (object: KubernetesObject): KubernetesObject => {
  if (object.kind === "HTTPRoute" && object.spec !== undefined) {
    return { ...object, spec: httpRouteSpec(object.spec) };
  }
  const defaults = specDefaults[object.kind];
  return defaults === undefined || object.spec === undefined
    ? object
    : { ...object, spec: { ...defaults, ...object.spec } };
};
