import type * as z from "zod";
import { containsUnknown, isRecord, UNKNOWN, type Properties } from "./property-values.ts";

/** Why an input is refused; `property` is a path such as `actions[0].weight`, empty for the whole. */
export interface InputFailure {
  readonly property: string;
  readonly reason: string;
}

const step = (value: unknown, key: PropertyKey): unknown => {
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return isRecord(value) ? value[String(key)] : undefined;
};

const mayComeRight = (issue: z.core.$ZodIssue, inputs: Properties): boolean => {
  let value: unknown = inputs;
  for (const key of issue.path) {
    if (value === UNKNOWN) return true;
    value = step(value, key);
  }
  // A union or a refinement looks at the whole value: with an unknown inside, nobody can judge yet.
  const judgesWhole = issue.code === "invalid_union" || issue.code === "custom";
  return value === UNKNOWN || (judgesWhole && containsUnknown(value));
};

const propertyPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** Checks inputs against a zod schema; what depends on values unknown in a preview is left for later. */
export const checkSchema = (schema: z.ZodType, inputs: Properties): readonly InputFailure[] => {
  const result = schema.safeParse(inputs);
  if (result.success) return [];
  return result.error.issues
    .filter((issue) => !mayComeRight(issue, inputs))
    .map((issue) => ({ property: propertyPath(issue.path), reason: issue.message }));
};
