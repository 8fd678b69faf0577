import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import { forbidden, invalid, required, within, type FieldError } from "../field-error.ts";
import { countOrPercent } from "../syntax.ts";
import { labelSelectorRules, selects, selectsAll } from "./label-selector.ts";
import { podTemplateRules } from "./pod-template.ts";

type Strategy = NonNullable<NonNullable<IDeployment["spec"]>["strategy"]>;

const isZero = (value: number | string | undefined): boolean => value === 0 || value === "0%";

const strategyRules = ({ type, rollingUpdate }: Strategy): readonly FieldError[] => {
  const path = "spec.strategy.rollingUpdate";
  if (rollingUpdate === undefined) return [];
  if (type === "Recreate") {
    return [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")];
  }
  const { maxSurge, maxUnavailable } = rollingUpdate;
  return [
    ...countOrPercent(`${path}.maxSurge`, maxSurge),
    ...countOrPercent(`${path}.maxUnavailable`, maxUnavailable),
    ...(isZero(maxSurge) && isZero(maxUnavailable)
      ? [invalid(`${path}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0")]
      : []),
  ];
};

/** What the API server asks of a Deployment. */
export const deploymentRules = ({ spec }: IDeployment): readonly FieldError[] => {
  if (spec === undefined) return [required("spec")];
  const { selector, template, minReadySeconds = 0, progressDeadlineSeconds = 600 } = spec;
  const podLabels = template.metadata?.labels ?? {};
  return [
    ...within("spec.replicas", spec.replicas, 0),
    ...within("spec.minReadySeconds", spec.minReadySeconds, 0),
    ...within("spec.revisionHistoryLimit", spec.revisionHistoryLimit, 0),
    ...(progressDeadlineSeconds > minReadySeconds
      ? []
      : [
          invalid(
            "spec.progressDeadlineSeconds",
            progressDeadlineSeconds,
            "must be greater than minReadySeconds",
          ),
        ]),
    ...labelSelectorRules(selector, "spec.selector"),
    ...(selectsAll(selector)
      ? [invalid("spec.selector", selector, "empty selector is invalid for deployment")]
      : []),
    ...(selects(selector, podLabels)
      ? []
      : [
          invalid(
            "spec.template.metadata.labels",
            podLabels,
            "`selector` does not match template `labels`",
          ),
        ]),
    ...strategyRules(spec.strategy ?? {}),
    ...podTemplateRules(template, "spec.template", ["Always"]),
  ];
};
