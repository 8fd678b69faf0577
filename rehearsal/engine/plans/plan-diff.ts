import { deepEquals, diffMaps } from "../values/property-diff.ts";
import { Unknown, type PropertyMap, type PropertyValue } from "../values/property-values.ts";
import { noPlanDiff, type PlanDiff } from "./plan.ts";

const promised = (expected: PropertyValue, actual: PropertyValue): boolean =>
  deepEquals(expected, actual, { unknownsMatch: true });

/** What of the change from `olds` to `news` the plan does not allow, or demanded in vain. */
export function diffViolation(
  planned: PlanDiff,
  olds: PropertyMap,
  news: PropertyMap,
): string | undefined {
  const diff = diffMaps(olds, news, { unknownsMatch: true }) ?? noPlanDiff;
  const wrong = new Set<string>();
  for (const [key, actual] of Object.entries(diff.adds)) {
    const expected = planned.adds[key];
    if (expected === undefined || !promised(expected, actual)) {
      wrong.add(`+${key}`);
    }
  }
  for (const [key, actual] of Object.entries(diff.updates)) {
    const expected = planned.updates[key] ?? planned.adds[key];
    if (expected === undefined || !promised(expected, actual)) {
      wrong.add(`~${key}`);
    }
  }
  for (const key of diff.deletes) {
    if (!planned.deletes.includes(key) && !(planned.updates[key] instanceof Unknown)) {
      wrong.add(`-${key}`);
    }
  }
  const inDiff = (key: string): boolean => key in diff.adds || key in diff.updates;
  for (const [key, expected] of Object.entries({ ...planned.adds, ...planned.updates })) {
    const actual = news[key];
    if (
      actual === undefined
        ? !(expected instanceof Unknown)
        : !inDiff(key) && !promised(expected, actual)
    ) {
      wrong.add(actual === undefined ? `-${key}` : `=${key}`);
    }
    if (key in planned.updates && key in diff.adds) {
      wrong.add(`+${key}`);
    }
  }
  for (const key of planned.deletes) {
    if (!diff.deletes.includes(key) && news[key] !== undefined) {
      wrong.add(`=${key}`);
    }
  }
  return wrong.size === 0 ? undefined : `properties changed: ${[...wrong].sort().join(", ")}`;
}
