import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { invalid, required, type FieldError } from "../field-error.ts";
import { countOrPercent } from "../syntax.ts";
import { labelSelectorRules } from "./label-selector.ts";

/** What the API server asks of a PodDisruptionBudget. */
export const podDisruptionBudgetRules = ({ spec }: IPodDisruptionBudget): readonly FieldError[] => {
  const { minAvailable, maxUnavailable, selector } = spec ?? {};
  const bounds = [minAvailable, maxUnavailable].filter((bound) => bound !== undefined);
  return [
    // A real server takes neither and then protects nothing: here that is a mistake.
    ...(bounds.length === 0
      ? [required("spec", "exactly one of minAvailable and maxUnavailable must be set")]
      : []),
    ...(bounds.length === 2
      ? [
          invalid(
            "spec",
            { minAvailable, maxUnavailable },
            "minAvailable and maxUnavailable cannot be both set",
          ),
        ]
      : []),
    ...countOrPercent("spec.minAvailable", minAvailable),
    ...countOrPercent("spec.maxUnavailable", maxUnavailable),
    ...labelSelectorRules(selector, "spec.selector"),
  ];
};
