import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { forbidden, invalid, type FieldError } from "./field-error.ts";

/** Fields of `spec` that cannot change, by kind. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["selector"],
  Service: ["clusterIP"],
  Job: ["template", "selector", "completions"],
  TargetGroupBinding: ["targetGroupARN", "targetType"],
};

/** Refuses a change of what cannot change once the object exists. */
export const immutableFields = (
  before: KubernetesObject,
  after: KubernetesObject,
): readonly FieldError[] => {
  const frozen = before.kind === "ConfigMap" && before.immutable === true;
  return [
    ...(immutable[after.kind] ?? []).flatMap((field) =>
      isDeepStrictEqual(before.spec?.[field], after.spec?.[field])
        ? []
        : [invalid(`spec.${field}`, after.spec?.[field] ?? null, "field is immutable")],
    ),
    ...(frozen && !isDeepStrictEqual(before.data, after.data)
      ? [forbidden("data", "field is immutable when `immutable` is set")]
      : []),
  ];
};
