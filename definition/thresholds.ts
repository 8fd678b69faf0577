import type { Count, Duration, Percentage, Rate } from "./units.ts";

/** What an operator does when the threshold is breached. */
export type Breach = "roll back" | "investigate";

/** A quantity that can be limited, with its unit. */
export type Quantity = Percentage | Duration | Count | Rate;

/** The edge between good and breached: `below` is breached when it is reached, `atMost` when it is passed. */
export type Limit<Unit extends Quantity = Quantity> =
  { readonly below: Unit } | { readonly atMost: Unit };

/** A limit on a measure of one side. */
export interface Threshold<StageName extends string = string> {
  readonly name: string;
  readonly title: string;
  readonly limit: Limit;
  /** What is measured; the query derives from it (`definition/measures.ts`). */
  readonly measure: MeasureName | MeasureQuery | TracedMeasure;
  readonly breach: Breach;
  /** Stages at which it is watched; all that give green traffic, unless said. */
  readonly at?: readonly StageName[];
  /** Where breaches of it are found in another way than the system's alarms find them. */
  readonly evaluation?: Partial<AlarmEvaluation>;
  /** Requirement id of the figure. */
  readonly source: string;
}

export type MeasureName = "error-rate" | "failed-requests" | "p95-latency" | "cpu" | "memory";

/** A measure of the system's own: a Datadog query in which `{namespace}` and `{workload}` are filled in. */
export interface MeasureQuery {
  readonly query: string;
}

/** A measure of one kind of work, which only traces tell from the rest. */
export type TracedMeasure =
  /** Answers 5xx among all answers to one call. */
  | { readonly failuresOf: Call }
  /** Spans of that name that ended in an error. */
  | { readonly errorsOf: string };

/** One call of the application, its path as the application declares it: `/orders/{id}`. */
export interface Call {
  readonly method: string;
  readonly path: string;
}

/** What a plan says of a limit, whatever it measures. */
type Written<Unit extends Quantity, StageName extends string> = Limit<Unit> &
  Pick<Threshold<StageName>, "breach" | "source" | "at" | "evaluation"> & {
    /** Needed where one measure has several limits. */
    readonly name?: string;
    readonly title?: string;
  };

/** 5xx answers among the requests that reached the application. */
export const errorRate = <const StageName extends string = never>(
  limit: Written<Percentage, StageName>,
): Threshold<StageName> =>
  threshold("error-rate", { name: "error-rate", title: "Error rate" }, limit);

/** Requests without a good answer as the gateway saw them: 5xx, reset, timed out. Trace metrics cannot tell. */
export const failedRequests = <const StageName extends string = never>(
  limit: Written<Percentage, StageName>,
): Threshold<StageName> =>
  threshold("failed-requests", { name: "failed-requests", title: "Failed requests" }, limit);

/** The time within which 95 of 100 requests are answered: as the gateway saw them, or as traces hold them. */
export const p95Latency = <const StageName extends string = never>(
  limit: Written<Duration, StageName>,
): Threshold<StageName> =>
  threshold("p95-latency", { name: "p95-latency", title: "Response time (p95)" }, limit);

/** CPU in use, of the containers' limits. */
export const cpuUse = <const StageName extends string = never>(
  limit: Written<Percentage, StageName>,
): Threshold<StageName> => threshold("cpu", { name: "cpu", title: "CPU utilisation" }, limit);

/** Memory in use, of the containers' limits; the fullest container counts. */
export const memoryUse = <const StageName extends string = never>(
  limit: Written<Percentage, StageName>,
): Threshold<StageName> =>
  threshold("memory", { name: "memory", title: "Memory utilisation" }, limit);

/**
 * 5xx answers to one call, of all answers to it; `minimumRequests` counts that call alone. Fewer of them have no
 * value. Only trace metrics can tell.
 */
export const callFailures = <const StageName extends string = never>(
  { name, title, ...call }: Named & Call,
  limit: Written<Percentage, StageName>,
): Threshold<StageName> => threshold({ failuresOf: call }, { name, title }, limit);

/**
 * Spans of a name that ended in an error, per period: 0 where requests were answered and none did, without a value
 * where fewer than `minimumRequests` were. Only trace metrics can tell.
 */
export const spanErrors = <const StageName extends string = never>(
  { name, title, span }: Named & { readonly span: string },
  limit: Written<Count, StageName>,
): Threshold<StageName> => threshold({ errorsOf: span }, { name, title }, limit);

/** A measure that only this system has. The query answers in percent, milliseconds, things or per second. */
export const measured = <const StageName extends string = never>(
  { name, title, query }: Named & MeasureQuery,
  limit: Written<Quantity, StageName>,
): Threshold<StageName> => threshold({ query }, { name, title }, limit);

/** Connections of Postgres that are open, of the most that it takes, as Datadog's integration sees them. */
export const databaseConnections = <const StageName extends string = never>(
  limit: Written<Percentage, StageName>,
): Threshold<StageName> =>
  threshold(
    {
      query:
        "100 * max:postgresql.connections{service:{workload}} / max:postgresql.max_connections{service:{workload}}",
    },
    { name: "database-connections", title: "Connections of Postgres in use" },
    limit,
  );

/** What a threshold is called, unless its limit says another name. */
interface Named {
  readonly name: string;
  readonly title: string;
}

const threshold = <StageName extends string>(
  measure: Threshold["measure"],
  named: Named,
  { name, title, breach, at, evaluation, source, ...limit }: Written<Quantity, StageName>,
): Threshold<StageName> => ({
  name: name ?? named.name,
  title: title ?? named.title,
  limit,
  measure,
  breach,
  ...(at !== undefined && { at }),
  ...(evaluation !== undefined && { evaluation }),
  source,
});

/**
 * Whether a threshold is about one side. A query of the system's own that names no side is about both at once: its
 * breach says nothing against going back.
 */
export const isOfOneSide = ({ measure }: Pick<Threshold, "measure">): boolean =>
  typeof measure === "string" || !("query" in measure) || measure.query.includes("{workload}");

/** How breaches are found while a stage carries traffic. */
export interface AlarmEvaluation {
  /** Length of one period. */
  readonly period: Duration;
  /** Periods in a row that must breach. */
  readonly periods: number;
  /** Periods with fewer requests than this say nothing. */
  readonly minimumRequests: number;
}

/** How breaches of one threshold are found: as the system's alarms find them, but for what it says itself. */
export const evaluationOf = (
  alarms: AlarmEvaluation,
  { evaluation }: Pick<Threshold, "evaluation">,
): AlarmEvaluation => ({ ...alarms, ...evaluation });

/** The edge of a limit, whichever way it is written. */
export const edgeOf = <Unit extends Quantity>(limit: Limit<Unit>): Unit =>
  "below" in limit ? limit.below : limit.atMost;

/** The limit as a bare number in the unit of its measure, and whether reaching it is a breach already. */
export const limitOf = ({
  limit,
}: Pick<Threshold, "limit">): {
  value: number;
  unit: "%" | "ms" | "count" | "/s";
  reachedIsBreach: boolean;
} => {
  const edge = edgeOf(limit);
  const reachedIsBreach = "below" in limit;
  if ("percent" in edge) return { value: edge.percent, unit: "%", reachedIsBreach };
  if ("milliseconds" in edge) return { value: edge.milliseconds, unit: "ms", reachedIsBreach };
  if ("count" in edge) return { value: edge.count, unit: "count", reachedIsBreach };
  return { value: edge.perSecond, unit: "/s", reachedIsBreach };
};

/** An amount of what a limit limits, as people say it. */
export const amountInWords = (limited: Pick<Threshold, "limit">, amount: number): string => {
  const { unit } = limitOf(limited);
  return unit === "count" ? String(amount) : `${amount} ${unit}`;
};

/** A limit as people say it. */
export const limitInWords = (limited: Pick<Threshold, "limit">): string => {
  const { value, reachedIsBreach } = limitOf(limited);
  return `${reachedIsBreach ? "below" : "at most"} ${amountInWords(limited, value)}`;
};

/** Whether a value, in the unit of the measure, breaches the threshold; a value that is no number does. */
export const isBreached = (of: Pick<Threshold, "limit">, value: number): boolean => {
  const { value: edge, reachedIsBreach } = limitOf(of);
  return !(reachedIsBreach ? value < edge : value <= edge);
};
