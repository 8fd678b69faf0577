import { isRecord } from "./property-values.ts";

/** One difference between old and new inputs, at a property path such as `spec.http[0].route`. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

const keyPath = (path: string, key: string): string => {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
};

const childChange = (before: unknown, after: unknown, path: string): readonly PropertyChange[] => {
  if (before === undefined) return after === undefined ? [] : [{ path, kind: "add" }];
  return after === undefined ? [{ path, kind: "delete" }] : propertyDiff(before, after, path);
};

/** The differences between two values, deepest paths only; `null` counts as absent, as Pulumi has it. */
export const propertyDiff = (
  before: unknown,
  after: unknown,
  path = "",
): readonly PropertyChange[] => {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      childChange(before[key] ?? undefined, after[key] ?? undefined, keyPath(path, key)),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      childChange(before[index], after[index], `${path}[${String(index)}]`),
    ).flat();
  }
  return Object.is(before, after) ? [] : [{ path, kind: "update" }];
};

/** Whether `path` is `prefix` or lies below it. */
export const liesWithin = (path: string, prefix: string): boolean =>
  path === prefix || (path.startsWith(prefix) && /^[.[]/.test(path.slice(prefix.length)));
