import type { Tags } from "../metric-store.ts";
import type { Filter } from "./syntax.ts";

/** Whether a series with these tags passes the filter. `*` in a value stands for any text. */
export const filterMatch = (filter: Filter, tags: Tags): boolean => {
  switch (filter.is) {
    case "all":
      return true;
    case "tag":
      return valueMatch(filter.pattern, tags[filter.key]);
    case "not":
      return !filterMatch(filter.filter, tags);
    case "and":
      return filter.filters.every((inner) => filterMatch(inner, tags));
    case "or":
      return filter.filters.some((inner) => filterMatch(inner, tags));
  }
};

const valueMatch = (pattern: string, value: string | undefined): boolean => {
  if (value === undefined) return false;
  const [start = "", ...parts] = pattern.split("*");
  const end = parts.pop();
  if (end === undefined) return value === pattern;
  if (!value.startsWith(start) || !value.endsWith(end)) return false;
  let from = start.length;
  for (const part of parts) {
    const found = value.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return from + end.length <= value.length;
};
