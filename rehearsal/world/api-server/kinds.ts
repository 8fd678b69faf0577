import { ApiError } from "../kubernetes-object.ts";

/** A kind of object that the API server of rehearsals stores. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As in REST paths and messages. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** Module and export of the class that knows its schema. */
  readonly model: readonly [module: string, name: string];
}

const kind = (
  apiVersion: string,
  name: string,
  plural: string,
  { namespaced = true, module = `kubernetes-models/${apiVersion}/${name}` } = {},
): Kind => ({ apiVersion, kind: name, plural, namespaced, model: [module, name] });

const istio = (name: string, plural: string): Kind =>
  kind("networking.istio.io/v1", name, plural, {
    // The models know v1beta1, whose fields v1 has as they were.
    module: `@kubernetes-models/istio/networking.istio.io/v1beta1/${name}`,
  });

/** Every kind that a rehearsal's cluster knows. */
export const kinds: readonly Kind[] = [
  kind("v1", "Namespace", "namespaces", { namespaced: false }),
  kind("v1", "Service", "services"),
  kind("v1", "ServiceAccount", "serviceaccounts"),
  kind("v1", "ConfigMap", "configmaps"),
  kind("apps/v1", "Deployment", "deployments"),
  kind("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
  kind("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
  kind("batch/v1", "Job", "jobs"),
  kind("coordination.k8s.io/v1", "Lease", "leases"),
  kind("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
  istio("VirtualService", "virtualservices"),
  istio("DestinationRule", "destinationrules"),
  kind("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", {
    module: "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute",
  }),
  kind("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "targetgroupbindings", {
    module: "./models/target-group-binding.cjs",
  }),
];

/** The kind of an object. @throws ApiError 404 when the cluster knows none of that name. */
export const kindOf = (apiVersion: string, name: string): Kind => {
  const found = kinds.find((known) => known.apiVersion === apiVersion && known.kind === name);
  if (found !== undefined) return found;
  throw new ApiError(
    404,
    "NotFound",
    `the server could not find the requested resource (${name} in ${apiVersion})`,
  );
};

const group = ({ apiVersion }: Kind): string =>
  apiVersion.includes("/") ? `.${apiVersion.split("/")[0] ?? ""}` : "";

/** What messages about one object call it: `deployments.apps "lms-green"`. */
export const resourceName = (known: Kind, name: string): string =>
  `${known.plural}${group(known)} "${name}"`;

/** What messages about a wrong object call it: `Deployment.apps "lms-green"`. */
export const objectName = (known: Kind, name: string): string =>
  `${known.kind}${group(known)} "${name}"`;
