import type { HeaderChanges } from "./virtual-service.ts";

type Values = Readonly<Record<string, string | string[] | undefined>>;

/** Of one connection only: never passed on. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "expect",
  "content-length",
]);

/** The headers that are passed on, with a route's changes applied in order. */
export const changedHeaders = (
  headers: Values,
  changes: readonly HeaderChanges[],
): Record<string, string | string[]> => {
  const result: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) result[name] = value;
  }
  for (const { set = {}, add = {}, remove = [] } of changes) {
    for (const [name, value] of Object.entries(set)) result[name.toLowerCase()] = value;
    for (const [name, value] of Object.entries(add)) {
      const before = result[name.toLowerCase()] ?? [];
      result[name.toLowerCase()] = [...(Array.isArray(before) ? before : [before]), value];
    }
    for (const name of remove) Reflect.deleteProperty(result, name.toLowerCase());
  }
  return result;
};
