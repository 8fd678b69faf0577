import {
  Asset,
  isPropertyArray,
  isPropertyMap,
  ResourceReference,
  Secret,
  Unknown,
  type PropertyMap,
  type PropertyValue,
} from "./property-values.ts";

/** How two values are compared. */
export interface Comparison {
  /** An unknown equals anything: what a plan promised is kept by whatever it turns out to be. */
  readonly unknownsMatch: boolean;
}

const exact: Comparison = { unknownsMatch: false };

/** True if both hold the same; null and absent keys count as the same, as they do for Pulumi. */
export function deepEquals(
  left: PropertyValue,
  right: PropertyValue,
  comparison: Comparison = exact,
): boolean {
  if (left instanceof Unknown || right instanceof Unknown) {
    return comparison.unknownsMatch || (left instanceof Unknown && right instanceof Unknown);
  }
  if (left instanceof Secret || right instanceof Secret) {
    return (
      left instanceof Secret &&
      right instanceof Secret &&
      deepEquals(left.value, right.value, comparison)
    );
  }
  if (left instanceof ResourceReference || right instanceof ResourceReference) {
    return (
      left instanceof ResourceReference &&
      right instanceof ResourceReference &&
      left.urn === right.urn &&
      (left.id instanceof Unknown ||
        right.id instanceof Unknown ||
        deepEquals(left.id ?? null, right.id ?? null, comparison))
    );
  }
  if (left instanceof Asset || right instanceof Asset) {
    return (
      left instanceof Asset &&
      right instanceof Asset &&
      JSON.stringify(left.fields) === JSON.stringify(right.fields)
    );
  }
  if (isPropertyArray(left) || isPropertyArray(right)) {
    return (
      isPropertyArray(left) &&
      isPropertyArray(right) &&
      left.length === right.length &&
      left.every((element, index) => deepEquals(element, right[index] ?? null, comparison))
    );
  }
  if (isPropertyMap(left) && isPropertyMap(right)) {
    return mapsEqual(left, right, comparison);
  }
  return left === right;
}

/** {@link deepEquals} of two property maps. */
export function mapsEqual(
  left: PropertyMap,
  right: PropertyMap,
  comparison: Comparison = exact,
): boolean {
  return diffMaps(left, right, comparison) === undefined;
}

/** What separates two property maps, by top-level key. */
export interface MapDiff {
  readonly adds: Readonly<Record<string, PropertyValue>>;
  readonly updates: Readonly<Record<string, PropertyValue>>;
  readonly deletes: readonly string[];
}

/** The difference from `olds` to `news`, or undefined where there is none. */
export function diffMaps(
  olds: PropertyMap,
  news: PropertyMap,
  comparison: Comparison = exact,
): MapDiff | undefined {
  const adds: Record<string, PropertyValue> = {};
  const updates: Record<string, PropertyValue> = {};
  const deletes: string[] = [];
  for (const [key, old] of Object.entries(olds)) {
    const next = Object.hasOwn(news, key) ? (news[key] ?? null) : null;
    if (next === null) {
      const maybeAbsent = comparison.unknownsMatch && old instanceof Unknown;
      if (old !== null && !maybeAbsent) {
        deletes.push(key);
      }
    } else if (old === null) {
      adds[key] = next;
    } else if (!deepEquals(old, next, comparison)) {
      updates[key] = next;
    }
  }
  for (const [key, next] of Object.entries(news)) {
    if (!Object.hasOwn(olds, key) && next !== null) {
      adds[key] = next;
    }
  }
  const none =
    Object.keys(adds).length === 0 && Object.keys(updates).length === 0 && deletes.length === 0;
  return none ? undefined : { adds, updates, deletes };
}

/** The top-level keys that differ, sorted. */
export function changedKeys(olds: PropertyMap, news: PropertyMap): readonly string[] {
  const diff = diffMaps(olds, news);
  return diff === undefined
    ? []
    : [...Object.keys(diff.adds), ...Object.keys(diff.updates), ...diff.deletes].sort();
}
