import type { KubernetesObject } from "../kubernetes-object.ts";
import { invalidObject, type FieldError } from "./field-error.ts";
import { immutableFields } from "./immutable-fields.ts";
import type { Kind } from "./kinds.ts";
import { metadataRules } from "./metadata-rules.ts";
import { configMapRules } from "./rules/config-map.ts";
import { deploymentRules } from "./rules/deployment.ts";
import { destinationRuleRules } from "./rules/destination-rule.ts";
import { httpRouteRules } from "./rules/http-route.ts";
import { horizontalPodAutoscalerRules } from "./rules/horizontal-pod-autoscaler.ts";
import { jobRules } from "./rules/job.ts";
import { leaseRules } from "./rules/lease.ts";
import { networkPolicyRules } from "./rules/network-policy.ts";
import { podDisruptionBudgetRules } from "./rules/pod-disruption-budget.ts";
import { serviceRules } from "./rules/service.ts";
import { virtualServiceRules } from "./rules/virtual-service.ts";
import { schemaCheck } from "./schema-check.ts";

// Rules run only on objects whose schema is right, so that each may take its kind's own type.
const rulesOf = (kind: string): ((object: never) => readonly FieldError[]) | undefined =>
  ({
    ConfigMap: configMapRules,
    Deployment: deploymentRules,
    DestinationRule: destinationRuleRules,
    HTTPRoute: httpRouteRules,
    HorizontalPodAutoscaler: horizontalPodAutoscalerRules,
    Job: jobRules,
    Lease: leaseRules,
    NetworkPolicy: networkPolicyRules,
    PodDisruptionBudget: podDisruptionBudgetRules,
    Service: serviceRules,
    VirtualService: virtualServiceRules,
  })[kind];

/**
 * Checks an object as strictly as an API server does, the webhook of Istio and the rules within CRDs included.
 * @throws ApiError 422 with every wrong field, 400 when a field is unknown.
 */
export const validate = (
  kind: Kind,
  object: KubernetesObject,
  before: KubernetesObject | undefined,
): void => {
  const ofSchema = schemaCheck(kind, object);
  const ofRules = ofSchema.length > 0 ? [] : (rulesOf(kind.kind)?.(object as never) ?? []);
  const errors = [
    ...metadataRules(kind, object),
    ...ofSchema,
    ...ofRules,
    ...(before === undefined ? [] : immutableFields(before, object)),
  ];
  if (errors.length > 0) throw invalidObject(kind, object.metadata.name, errors);
};
