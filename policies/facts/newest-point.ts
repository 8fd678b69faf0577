import type { Point } from "./datadog-reader.ts";
import type { Newest } from "./facts.ts";
import { known, unknown, type Reading } from "./reading.ts";

/** The newest point of a series that has a value. @param source what messages call it */
export const newestPoint = (source: string, points: readonly Point[]): Reading<Newest> => {
  const last = points.findLast(({ value }) => value !== null);
  return last === undefined || last.value === null
    ? unknown(`${source} has no value for it`)
    : known({ value: last.value, at: last.at });
};
