import {
  isPropertyArray,
  isPropertyMap,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "./property-values.ts";

/** Keys and indices that lead to a property, `*` standing for every element. */
export type PropertyPath = readonly (string | number)[];

/**
 * Reads `root.child[0]["with.dots"].*`, Pulumi's notation for property paths.
 * @throws if the text is no such path.
 */
export function parsePropertyPath(text: string): PropertyPath {
  const segment = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[(\*)\]|\.?([^.[\]]+)/gy;
  const path: (string | number)[] = [];
  let end = 0;
  for (let match = segment.exec(text); match !== null; match = segment.exec(text)) {
    end = segment.lastIndex;
    const [, quoted, index, star, name] = match;
    path.push(
      index !== undefined
        ? Number(index)
        : (quoted?.replaceAll(/\\(.)/g, "$1") ?? star ?? name ?? ""),
    );
  }
  if (end !== text.length || path.length === 0) {
    throw new Error(`"${text}" is no property path`);
  }
  return path;
}

/** True if `path` leads to `other` or to something around it. */
export function pathContains(path: PropertyPath, other: PropertyPath): boolean {
  return (
    path.length <= other.length &&
    path.every((part, index) => part === "*" || part === other[index])
  );
}

/** `inputs` with the value at `path` as it is in `olds`: what `ignoreChanges` asks for. */
export function resetToOld(
  inputs: PropertyMap,
  olds: PropertyMap,
  path: PropertyPath,
): PropertyMap {
  const reset = resetValue(inputs, olds, path);
  return isPropertyMap(reset) ? reset : inputs;
}

function resetValue(
  value: PropertyValue | undefined,
  old: PropertyValue | undefined,
  path: PropertyPath,
): PropertyValue | undefined {
  const [head, ...rest] = path;
  if (head === undefined) {
    return old;
  }
  if (value instanceof Secret) {
    const inner = resetValue(value.value, old instanceof Secret ? old.value : old, path);
    return inner === undefined ? undefined : new Secret(inner);
  }
  const plainOld = old instanceof Secret ? old.value : old;
  if (isPropertyArray(value)) {
    return value.map((element, index) => {
      const oldElement = isPropertyArray(plainOld) ? plainOld[index] : undefined;
      // An element that is new has no old value to go back to.
      const known = (head === "*" || head === index) && oldElement !== undefined;
      return known ? (resetValue(element, oldElement, rest) ?? element) : element;
    });
  }
  if (!isPropertyMap(value)) {
    return value;
  }
  const olds = isPropertyMap(plainOld) ? plainOld : {};
  const keys =
    head === "*" ? new Set([...Object.keys(value), ...Object.keys(olds)]) : new Set([String(head)]);
  const changed: Record<string, PropertyValue> = { ...value };
  for (const key of keys) {
    const next = resetValue(value[key], olds[key], rest);
    if (next === undefined) {
      delete changed[key];
    } else {
      changed[key] = next;
    }
  }
  return changed;
}
