import type { Duration, Percentage } from "./units.ts";

/** What an operator does when the threshold is breached. */
export type Breach = "roll back" | "investigate";

/** A limit on a measure of one side. Reaching the limit is a breach. */
export interface Threshold {
  readonly name: string;
  readonly title: string;
  readonly limit: { readonly below: Percentage } | { readonly below: Duration };
  /** What is measured; the query derives from it (`definition/measures.ts`). */
  readonly measure: MeasureName | MeasureQuery;
  readonly breach: Breach;
  /** Requirement id of the figure. */
  readonly source: string;
}

export type MeasureName = "error-rate" | "failed-requests" | "p95-latency" | "cpu" | "memory";

/** A measure of the system's own: a Datadog query in which `{namespace}` and `{workload}` are filled in. */
export interface MeasureQuery {
  readonly query: string;
}

interface Limit<Unit> {
  readonly below: Unit;
  readonly breach: Breach;
  readonly source: string;
}

/** 5xx answers among the requests that the application counted. */
export const errorRate = (limit: Limit<Percentage>): Threshold =>
  threshold("error-rate", "Error rate", limit);

/** Requests without a good answer as the gateway saw them: 5xx, reset, timed out. */
export const failedRequests = (limit: Limit<Percentage>): Threshold =>
  threshold("failed-requests", "Failed requests", limit);

/** The time within which 95 of 100 requests are answered, as the gateway saw them. */
export const p95Latency = (limit: Limit<Duration>): Threshold =>
  threshold("p95-latency", "Response time (p95)", limit);

/** CPU in use, of the containers' limits. */
export const cpuUse = (limit: Limit<Percentage>): Threshold =>
  threshold("cpu", "CPU utilisation", limit);

/** Memory in use, of the containers' limits; the fullest container counts. */
export const memoryUse = (limit: Limit<Percentage>): Threshold =>
  threshold("memory", "Memory utilisation", limit);

/** A measure that only this system has. */
export const measured = (
  { name, title, query }: { readonly name: string; readonly title: string; readonly query: string },
  { below, breach, source }: Limit<Percentage> | Limit<Duration>,
): Threshold => ({
  name,
  title,
  limit: { below } as Threshold["limit"],
  measure: { query },
  breach,
  source,
});

const threshold = (
  measure: MeasureName,
  title: string,
  { below, breach, source }: Limit<Percentage> | Limit<Duration>,
): Threshold => ({
  name: measure,
  title,
  // The union is told apart by the key inside, so either branch is the same object.
  limit: { below } as Threshold["limit"],
  measure,
  breach,
  source,
});

/** How breaches are found while a stage carries traffic. */
export interface AlarmEvaluation {
  /** Length of one period. */
  readonly period: Duration;
  /** Periods in a row that must breach. */
  readonly periods: number;
  /** Periods with fewer requests than this say nothing. */
  readonly minimumRequests: number;
}

/** The limit as a bare number in the unit of its measure: percent, or milliseconds. */
export const limitOf = ({ limit: { below } }: Threshold): { value: number; unit: "%" | "ms" } =>
  "percent" in below
    ? { value: below.percent, unit: "%" }
    : { value: below.milliseconds, unit: "ms" };
