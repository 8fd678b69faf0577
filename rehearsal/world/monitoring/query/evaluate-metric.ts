import type { MetricStore, Series, Tags } from "../metric-store.ts";
import { Sketch } from "../sketch.ts";
import { Accumulated, type Aggregator } from "./accumulated.ts";
import { filterMatch } from "./filter-match.ts";
import type { Grid } from "./grid.ts";
import { QueryError } from "./query-error.ts";
import type { ResultSeries } from "./result-series.ts";
import type { MetricQuery } from "./syntax.ts";

type NumberSeries = Extract<Series, { kind: "count" | "gauge" }>;
type SketchSeries = Extract<Series, { kind: "distribution" }>;

/**
 * Answers one metric query. Counts and gauges are aggregated over time in each series (counts are summed,
 * gauges averaged, unless the rollup says otherwise), then over series. Distributions are merged over both
 * at once, so that p95 is the 95th percentile of all values of an interval, and a rollup's aggregator has
 * no effect: as Datadog does. @throws QueryError when the query does not fit the kind of metric.
 */
export const evaluateMetric = (
  query: MetricQuery,
  store: MetricStore,
  grid: Grid,
): readonly ResultSeries[] => {
  const series = store.series(query.metric).filter(({ tags }) => filterMatch(query.filter, tags));
  const groups = new Map<string, Series[]>();
  // Without grouping there is always one answer: default_zero needs something to fill.
  if (query.by.length === 0) groups.set("[]", []);
  for (const one of series) {
    const key = groupKey(query.by, one.tags);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map((members) => ({
    group: groupOf(query.by, members[0]?.tags ?? {}),
    values: valuesOf(query, members, grid),
  }));
};

const groupOf = (by: readonly string[], tags: Tags): Tags =>
  Object.fromEntries(by.map((key) => [key, tags[key] ?? "N/A"]));

const groupKey = (by: readonly string[], tags: Tags): string =>
  JSON.stringify(by.map((key) => tags[key] ?? null));

const valuesOf = (
  query: MetricQuery,
  series: readonly Series[],
  grid: Grid,
): readonly (number | undefined)[] => {
  const sketches: SketchSeries[] = [];
  const numbers: NumberSeries[] = [];
  for (const one of series) {
    if (one.kind === "distribution") sketches.push(one);
    else numbers.push(one);
  }
  return sketches.length > 0
    ? distributionValues(query, sketches, grid)
    : numberValues(query, numbers, grid);
};

const numberValues = (
  { space, metric, modifier, rollup }: MetricQuery,
  series: readonly NumberSeries[],
  grid: Grid,
): readonly (number | undefined)[] => {
  const [first] = series;
  if (first === undefined) return new Array<undefined>(grid.length).fill(undefined);
  if (!isAggregator(space)) throw new QueryError(`${space} of ${metric}: not a distribution`);
  if (modifier !== undefined && first.kind === "gauge") {
    throw new QueryError(`${modifier} of ${metric}: a gauge`);
  }
  const overTime = rollup?.aggregator ?? (first.kind === "count" ? "sum" : "avg");
  const divisor = modifier === "as_rate" ? grid.step / 1000 : 1;
  const overSeries = Array.from({ length: grid.length }, () => new Accumulated());
  for (const { points } of series) {
    for (const [interval, value] of inIntervals(points, grid)) {
      const rolledUp = value.value(overTime);
      if (rolledUp !== undefined) overSeries[interval]?.add(rolledUp / divisor);
    }
  }
  return overSeries.map((accumulated) => accumulated.value(space));
};

const inIntervals = (
  points: NumberSeries["points"],
  { from, to, start, step }: Grid,
): ReadonlyMap<number, Accumulated> => {
  const intervals = new Map<number, Accumulated>();
  points.forEach(from, to, (at, value) => {
    const interval = Math.floor((at - start) / step);
    const accumulated = intervals.get(interval) ?? new Accumulated();
    accumulated.add(value);
    intervals.set(interval, accumulated);
  });
  return intervals;
};

const distributionValues = (
  { space, metric, modifier }: MetricQuery,
  series: readonly SketchSeries[],
  grid: Grid,
): readonly (number | undefined)[] => {
  if (modifier !== undefined) throw new QueryError(`${modifier} of ${metric}: a distribution`);
  const merged = Array.from({ length: grid.length }, () => new Sketch());
  for (const { points } of series) {
    points.forEach(grid.from, grid.to, (at, sketch) => {
      merged[Math.floor((at - grid.start) / grid.step)]?.merge(sketch);
    });
  }
  return merged.map((sketch) => (sketch.count === 0 ? undefined : sketchValue(sketch, space)));
};

const sketchValue = (sketch: Sketch, space: MetricQuery["space"]): number => {
  switch (space) {
    case "sum":
      return sketch.sum;
    case "avg":
      return sketch.sum / sketch.count;
    case "min":
      return sketch.min;
    case "max":
      return sketch.max;
    default:
      return sketch.quantile(Number(space.slice(1)) / 100);
  }
};

const isAggregator = (space: MetricQuery["space"]): space is Aggregator =>
  space === "sum" || space === "avg" || space === "min" || space === "max";
