import type { IJob } from "kubernetes-models/batch/v1/Job";
import { required, within, type FieldError } from "../field-error.ts";
import { podTemplateRules } from "./pod-template.ts";

/** What the API server asks of a Job. */
export const jobRules = ({ spec }: IJob): readonly FieldError[] => {
  if (spec === undefined) return [required("spec")];
  return [
    ...within("spec.parallelism", spec.parallelism, 0),
    ...within("spec.completions", spec.completions, 0),
    ...within("spec.backoffLimit", spec.backoffLimit, 0),
    ...within("spec.activeDeadlineSeconds", spec.activeDeadlineSeconds, 1),
    ...within("spec.ttlSecondsAfterFinished", spec.ttlSecondsAfterFinished, 0),
    ...podTemplateRules(spec.template, "spec.template", ["OnFailure", "Never"]),
  ];
};
