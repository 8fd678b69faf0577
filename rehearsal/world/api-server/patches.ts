import { ApiError } from "../kubernetes-object.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON merge patch (RFC 7396): `null` removes, objects merge, all else replaces. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isFields(patch)) return patch;
  const merged: Record<string, unknown> = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
};

const refused = (why: string): ApiError =>
  new ApiError(
    422,
    "Invalid",
    `the server rejected our request due to an error in our request: ${why}`,
  );

const keysOf = (pointer: unknown): readonly string[] => {
  if (typeof pointer !== "string" || !/^(\/|$)/.test(pointer)) {
    throw refused(`${JSON.stringify(pointer)} is no JSON pointer`);
  }
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
};

const childOf = (target: unknown, key: string): unknown => {
  if (Array.isArray(target)) return (target as readonly unknown[])[Number(key)];
  return isFields(target) ? target[key] : undefined;
};

const valueAt = (target: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>(childOf, target);

/** The target with the value at a path put in, or, for `undefined`, taken out. */
const withValue = (
  target: unknown,
  keys: readonly string[],
  value: unknown,
  insert: boolean,
): unknown => {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const last = rest.length === 0;
  const child = last ? value : withValue(childOf(target, key), rest, value, insert);
  if (Array.isArray(target)) {
    const index = key === "-" ? target.length : Number(key);
    const fits = index <= target.length - (last && insert ? 0 : 1);
    if (!Number.isInteger(index) || index < 0 || !fits) throw refused(`no item ${key}`);
    const replacement = child === undefined ? [] : [child];
    return (target as readonly unknown[]).toSpliced(index, last && insert ? 0 : 1, ...replacement);
  }
  if (!isFields(target)) throw refused(`there is nothing at ${key}`);
  const { [key]: _before, ...others } = target;
  return child === undefined ? others : { ...others, [key]: child };
};

const applied = (target: unknown, operation: unknown): unknown => {
  if (!isFields(operation)) throw refused("an operation must be an object");
  const { op, value } = operation;
  const keys = keysOf(operation.path);
  const existing = valueAt(target, keys);
  const mustExist = op === "remove" || op === "replace" || op === "test";
  if (mustExist && existing === undefined) {
    throw refused(`${op} operation does not apply: doc is missing path: ${String(operation.path)}`);
  }
  if (op === "add") return withValue(target, keys, value, true);
  if (op === "replace") return withValue(target, keys, value, false);
  if (op === "remove") return withValue(target, keys, undefined, false);
  if (op === "test") {
    if (JSON.stringify(existing) === JSON.stringify(value)) return target;
    throw refused(`testing value ${String(operation.path)} failed`);
  }
  if (op === "copy" || op === "move") {
    const from = keysOf(operation.from);
    const moved = valueAt(target, from);
    if (moved === undefined) throw refused(`doc is missing path: ${String(operation.from)}`);
    const source = op === "move" ? withValue(target, from, undefined, false) : target;
    return withValue(source, keys, moved, true);
  }
  throw refused(`unknown operation ${JSON.stringify(op)}`);
};

/** A JSON patch (RFC 6902). @throws ApiError 422 when an operation does not apply. */
export const jsonPatch = (target: unknown, operations: unknown): unknown => {
  if (!Array.isArray(operations)) throw refused("a JSON patch is a list of operations");
  return (operations as readonly unknown[]).reduce(applied, target);
};
