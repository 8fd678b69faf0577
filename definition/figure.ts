import type { Limit } from "./thresholds.ts";
import type { Duration } from "./units.ts";

/** A figure held against a limit as it stands now. */
export interface LimitedFigure {
  readonly query: FigureQuery;
  readonly limit: Limit;
  /** An older value counts as none. */
  readonly notOlderThan: Duration;
}

/** A figure about data that must be right before a stage is left: what is missing, differs, or lags behind. */
export interface DataCheck extends LimitedFigure {
  readonly name: string;
  readonly title: string;
  /** Requirement ids of the figure. */
  readonly source: string;
}

/** What gives a figure, in the unit of its limit; a text is a query of Datadog's. */
export type FigureQuery = string | PrometheusQuery | CloudWatchMetric | PostgresQuery;

/** An expression that Prometheus evaluates to one number. */
export interface PrometheusQuery {
  readonly source: "prometheus";
  readonly expression: string;
}

/** The statistics of CloudWatch that are one number for each minute. */
export const statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const;

/** A metric of CloudWatch: its newest whole minute that has a value. */
export interface CloudWatchMetric {
  readonly source: "cloudwatch";
  readonly region: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: (typeof statistics)[number];
}

/** What a store of the system answers, a Postgres, at the instant at which it is asked. */
export interface PostgresQuery {
  readonly source: "postgres";
  /** Name of the store, whose address `sources.databases` has. */
  readonly store: string;
  /** One statement that reads one number: one row, one column. */
  readonly sql: string;
}

/** A figure of Prometheus. */
export const promQl = (expression: string): PrometheusQuery => ({
  source: "prometheus",
  expression,
});

/** A figure of CloudWatch. */
export const cloudWatch = (metric: Omit<CloudWatchMetric, "source">): CloudWatchMetric => ({
  source: "cloudwatch",
  ...metric,
});

/** A figure that a store of the system holds itself. */
export const postgres = (query: Omit<PostgresQuery, "source">): PostgresQuery => ({
  source: "postgres",
  ...query,
});

/** Where a figure is read, and by what, in words. */
export const figureSource = (query: FigureQuery): string => {
  if (typeof query === "string") return `Datadog, ${query}`;
  switch (query.source) {
    case "prometheus":
      return `Prometheus, ${query.expression}`;
    case "cloudwatch":
      return `CloudWatch in ${query.region}, ${query.statistic} of ${query.namespace} ${query.metric}`;
    case "postgres":
      return `${query.store}, ${query.sql}`;
  }
};
