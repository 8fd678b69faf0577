import type { LimitedFigure } from "../../definition/figure.ts";
import type { AwsConnection } from "./aws-connection.ts";
import { readCloudWatch } from "./cloud-watch-reader.ts";
import { connectionTo, type DatabaseConnections } from "./connection-to.ts";
import type { DatadogReader } from "./datadog-reader.ts";
import type { Newest } from "./facts.ts";
import { newestPoint } from "./newest-point.ts";
import { readPostgres } from "./postgres-reader.ts";
import { readPrometheus, type PrometheusConnection } from "./prometheus-reader.ts";
import type { Reading } from "./reading.ts";

/** Where the figures of a system are read. */
export interface FigureConnections {
  readonly prometheus: Reading<PrometheusConnection>;
  readonly cloudWatch: Reading<AwsConnection>;
  readonly databases: DatabaseConnections;
}

/** Reads figures, each from the source that its query names. */
export interface FigureReader {
  /** The newest value that is not too old. @param now milliseconds since the epoch */
  newest(
    figure: Pick<LimitedFigure, "query" | "notOlderThan">,
    now: number,
  ): Promise<Reading<Newest>>;
}

/** A reader of every kind of figure. */
export const figureReader = (
  datadog: DatadogReader,
  { prometheus, cloudWatch, databases }: FigureConnections,
): FigureReader => ({
  newest: async ({ query, notOlderThan }, now) => {
    const span = { from: now - notOlderThan.milliseconds, to: now };
    if (typeof query === "string") {
      const points = await datadog.points(query, span);
      return points.known ? newestPoint("Datadog", points.value) : points;
    }
    switch (query.source) {
      case "prometheus":
        return prometheus.known ? readPrometheus(prometheus.value, query, span) : prometheus;
      case "cloudwatch":
        return cloudWatch.known ? readCloudWatch(cloudWatch.value, query, span) : cloudWatch;
      case "postgres": {
        const database = connectionTo(databases, query.store);
        return database.known ? readPostgres(database.value, query, now) : database;
      }
    }
  },
});
