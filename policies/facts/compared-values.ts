import { datadogQuery, measuredSide } from "../../definition/measures.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { DatadogReader } from "./datadog-reader.ts";
import type { ComparedValues } from "./facts.ts";
import { known, type Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";
import { byPeriod, wholePeriods } from "./whole-periods.ts";

type Side = keyof ComparedValues;
type Comparison = NonNullable<SettledSystem["comparisons"]>[number];

/** Where both sides of a comparison are read. */
export interface ComparedSources {
  readonly datadog: DatadogReader;
  /** Requests of a side by beginning of their period. */
  readonly requests: (side: Side) => Promise<Reading<ReadonlyMap<number, number>>>;
  readonly window: Span;
}

/**
 * What both sides measured in the whole periods of one window, for each of the plan's comparisons. Periods
 * in which a side had fewer requests than an alarm needs say nothing of its answers and are left out.
 */
export const readComparisons = async (
  definition: SettledSystem,
  sources: ComparedSources,
): Promise<Readonly<Record<string, Reading<ComparedValues>>>> => {
  const compared = (definition.comparisons ?? []).map(
    async (comparison): Promise<readonly [string, Reading<ComparedValues>]> => {
      const [blue, green] = await Promise.all([
        valuesOf(definition, comparison, "blue", sources),
        valuesOf(definition, comparison, "green", sources),
      ]);
      if (!blue.known) return [comparison.name, blue];
      if (!green.known) return [comparison.name, green];
      return [comparison.name, known({ blue: blue.value, green: green.value })];
    },
  );
  return Object.fromEntries(await Promise.all(compared));
};

const valuesOf = async (
  definition: SettledSystem,
  comparison: Comparison,
  side: Side,
  { datadog, requests, window }: ComparedSources,
): Promise<Reading<readonly number[]>> => {
  const { alarms } = definition;
  const period = alarms.period.milliseconds;
  const query = datadogQuery(comparison, measuredSide(definition, side), {
    periodSeconds: period / 1_000,
    minimumRequests: 1,
  });
  const ofAnswers = !withoutRequests.has(comparison.measure);
  const [counts, points] = await Promise.all([
    ofAnswers ? requests(side) : known(new Map<number, number>()),
    datadog.points(query, window),
  ]);
  if (!counts.known) return counts;
  if (!points.known) return points;
  const values = byPeriod(points.value, period, Math.max);
  const judged = wholePeriods(window, period).filter(
    (start) => !ofAnswers || (counts.value.get(start) ?? 0) >= alarms.minimumRequests,
  );
  return known(judged.flatMap((start) => values.get(start) ?? []));
};

/** Measures that mean something without a request. */
const withoutRequests: ReadonlySet<unknown> = new Set(["cpu", "memory"]);
