import type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule";
import { duplicates, required, within, type FieldError } from "../field-error.ts";
import { dnsLabel, labels } from "../syntax.ts";
import { durationRules } from "./durations.ts";

type TrafficPolicy = NonNullable<NonNullable<IDestinationRule["spec"]>["trafficPolicy"]>;

const trafficPolicyRules = (
  policy: Pick<TrafficPolicy, "connectionPool" | "outlierDetection"> | undefined,
  path: string,
): readonly FieldError[] => {
  const { outlierDetection: outliers, connectionPool: pool } = policy ?? {};
  const at = `${path}.outlierDetection`;
  return [
    ...durationRules(`${at}.interval`, outliers?.interval),
    ...durationRules(`${at}.baseEjectionTime`, outliers?.baseEjectionTime),
    ...within(`${at}.maxEjectionPercent`, outliers?.maxEjectionPercent, 0, 100),
    ...within(`${at}.minHealthPercent`, outliers?.minHealthPercent, 0, 100),
    ...durationRules(`${path}.connectionPool.tcp.connectTimeout`, pool?.tcp?.connectTimeout),
    ...within(`${path}.connectionPool.tcp.maxConnections`, pool?.tcp?.maxConnections, 1),
  ];
};

/** What Istio's admission webhook asks of a DestinationRule. */
export const destinationRuleRules = ({ spec }: IDestinationRule): readonly FieldError[] => {
  const { host = "", subsets = [], trafficPolicy } = spec ?? {};
  const at = (index: number): string => `spec.subsets[${String(index)}]`;
  return [
    ...(host === "" ? [required("spec.host")] : []),
    ...trafficPolicyRules(trafficPolicy, "spec.trafficPolicy"),
    ...subsets.flatMap((subset, index) => [
      ...((subset.name ?? "") === ""
        ? [required(`${at(index)}.name`)]
        : dnsLabel(`${at(index)}.name`, subset.name ?? "")),
      ...labels(`${at(index)}.labels`, subset.labels),
      ...trafficPolicyRules(subset.trafficPolicy, `${at(index)}.trafficPolicy`),
    ]),
    ...duplicates(
      subsets.map(({ name }) => name),
      (index) => `${at(index)}.name`,
    ),
  ];
};
