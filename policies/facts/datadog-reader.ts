import { bounded, NoAnswer } from "./bounded.ts";
import type { Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";

/** Where Datadog answers, and with which keys. */
export interface DatadogConnection {
  /** Address of its API, for example `https://api.datadoghq.eu`. */
  readonly url: string;
  readonly apiKey: string;
  readonly appKey: string;
  readonly timeoutMilliseconds?: number;
}

/** One point of a query's answer. */
export interface Point {
  /** Beginning of its interval, milliseconds since the epoch. */
  readonly at: number;
  /** `null` where there was nothing to measure. */
  readonly value: number | null;
}

/** Reads metrics and monitors. */
export interface DatadogReader {
  /** The one series that a query gives; none where no metric has a point. */
  points(query: string, span: Span): Promise<Reading<readonly Point[]>>;
  /** State of a monitor in Datadog's words: `OK`, `Warn`, `Alert`, `No Data`, … */
  monitorState(id: string): Promise<Reading<string>>;
}

/** A reader that asks Datadog through its official client, which is loaded when it is first needed. */
export const datadogReader = (connection: DatadogConnection): DatadogReader => ({
  points: async (query, { from, to }) => {
    const loaded = await loadDatadogClient();
    return bounded(
      "Datadog",
      async (signal) => {
        const { v1 } = loaded;
        const configuration = configured(loaded, connection, signal);
        const { status, error, series } = await new v1.MetricsApi(configuration).queryMetrics({
          from: Math.floor(from / 1_000),
          to: Math.ceil(to / 1_000),
          query,
        });
        if (status === "error") throw new NoAnswer(`Datadog refused the query: ${error ?? "?"}`);
        if (series === undefined) throw new Error("no series in it");
        if (series.length > 1) throw new NoAnswer(`Datadog gave ${series.length} series, not one`);
        const points: readonly unknown[] = series[0]?.pointlist ?? [];
        return points.map(pointOf);
      },
      connection.timeoutMilliseconds,
    );
  },
  monitorState: async (id) => {
    const loaded = await loadDatadogClient();
    return bounded(
      "Datadog",
      async (signal) => {
        if (!/^\d+$/.test(id)) throw new NoAnswer(`"${id}" is no monitor id`);
        const { v1 } = loaded;
        const configuration = configured(loaded, connection, signal);
        try {
          const api = new v1.MonitorsApi(configuration);
          const { overallState } = await api.getMonitor({ monitorId: Number(id) });
          if (typeof overallState !== "string") throw new Error("no state in it");
          return overallState;
        } catch (error) {
          if ((error as { readonly code?: unknown }).code !== 404) throw error;
          throw new NoAnswer(`Datadog has no monitor ${id}`);
        }
      },
      connection.timeoutMilliseconds,
    );
  },
});

/**
 * The parts of the client that are needed: a quarter of what the package's root would load. It takes part
 * of a second, which no source should be blamed for.
 */
export const loadDatadogClient = async () => {
  const [v1, common, logging] = await Promise.all([
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/index.js"),
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js"),
    import("@datadog/datadog-api-client/dist/logger.js"),
  ]);
  // It logs whole errors on its own; here they become one line of a verdict.
  const { logger } = logging as { readonly logger: { setLevel(level: "silent"): void } };
  logger.setLevel("silent");
  return { v1, common };
};

const configured = (
  { common }: Awaited<ReturnType<typeof loadDatadogClient>>,
  { url, apiKey, appKey }: DatadogConnection,
  signal: AbortSignal,
) =>
  common.createConfiguration({
    // Named outright, so that DD_SITE cannot send the question elsewhere.
    baseServer: new common.BaseServerConfiguration(url, {}),
    authMethods: { apiKeyAuth: apiKey, appKeyAuth: appKey },
    httpConfig: { signal },
  });

const pointOf = (point: unknown): Point => {
  const [at, value] = Array.isArray(point) ? (point as readonly unknown[]) : [];
  if (typeof at !== "number") throw new Error("a point without a time");
  if (value !== null && typeof value !== "number") throw new Error("a point that is no number");
  return { at, value: value === null || Number.isNaN(value) ? null : value };
};
