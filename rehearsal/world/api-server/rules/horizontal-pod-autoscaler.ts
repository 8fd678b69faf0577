import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { invalid, oneOf, required, within, type FieldError } from "../field-error.ts";
import { quantity } from "../quantity.ts";

type Spec = NonNullable<IHorizontalPodAutoscaler["spec"]>;
type Metric = NonNullable<Spec["metrics"]>[number];

const sources = ["ContainerResource", "External", "Object", "Pods", "Resource"] as const;
const sourceFields = {
  ContainerResource: "containerResource",
  External: "external",
  Object: "object",
  Pods: "pods",
  Resource: "resource",
} as const;

const metricRules = (metric: Metric, path: string): readonly FieldError[] => {
  const type = sources.find((source) => source === metric.type);
  if (type === undefined) return oneOf(`${path}.type`, metric.type, sources);
  const source = metric[sourceFields[type]];
  const at = `${path}.${sourceFields[type]}`;
  if (source === undefined) {
    return [required(at, `must populate information for the given metric source`)];
  }
  const { type: targetType, averageUtilization, averageValue, value } = source.target;
  return [
    ...oneOf(`${at}.target.type`, targetType, ["Utilization", "AverageValue", "Value"]),
    ...within(`${at}.target.averageUtilization`, averageUtilization, 1),
    ...(averageUtilization === undefined && averageValue === undefined && value === undefined
      ? [required(`${at}.target`, "must set a target value")]
      : []),
    ...[averageValue, value].flatMap((amount) =>
      amount !== undefined && quantity(amount) === undefined
        ? [invalid(`${at}.target`, amount, "must be a quantity")]
        : [],
    ),
  ];
};

/** What the API server asks of a HorizontalPodAutoscaler. */
export const horizontalPodAutoscalerRules = ({
  spec,
}: IHorizontalPodAutoscaler): readonly FieldError[] => {
  if (spec === undefined) return [required("spec")];
  const { minReplicas = 1, maxReplicas, metrics = [], behavior, scaleTargetRef } = spec;
  const window = "stabilizationWindowSeconds";
  return [
    ...within("spec.minReplicas", minReplicas, 1),
    ...within("spec.maxReplicas", maxReplicas, 1),
    ...(maxReplicas < minReplicas
      ? [invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`")]
      : []),
    ...(scaleTargetRef.name === "" ? [required("spec.scaleTargetRef.name")] : []),
    ...metrics.flatMap((metric, index) => metricRules(metric, `spec.metrics[${String(index)}]`)),
    ...within(`spec.behavior.scaleUp.${window}`, behavior?.scaleUp?.[window], 0, 3600),
    ...within(`spec.behavior.scaleDown.${window}`, behavior?.scaleDown?.[window], 0, 3600),
  ];
};
