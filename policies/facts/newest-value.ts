import type { LimitedFigure } from "../../definition/figure.ts";
import type { DatadogReader } from "./datadog-reader.ts";
import type { Newest } from "./facts.ts";
import { known, unknown, type Reading } from "./reading.ts";

/** The newest value of a figure's query that is not too old. */
export const newestValue = async (
  datadog: DatadogReader,
  { query, notOlderThan }: Pick<LimitedFigure, "query" | "notOlderThan">,
  now: number,
): Promise<Reading<Newest>> => {
  const points = await datadog.points(query, { from: now - notOlderThan.milliseconds, to: now });
  if (!points.known) return points;
  const last = points.value.findLast(({ value }) => value !== null);
  return last === undefined || last.value === null
    ? unknown("Datadog has no value for it")
    : known({ value: last.value, at: last.at });
};
