import { z } from "zod";
import { bounded, NoAnswer } from "./bounded.ts";
import { datadogApi, type DatadogConnection } from "./datadog-api.ts";
import { WrongStatus } from "./http-json.ts";
import type { Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";

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

/** A reader that asks Datadog through its official client. */
export const datadogReader = (connection: DatadogConnection): DatadogReader => ({
  points: async (query, { from, to }) => {
    const ask = await datadogApi(connection);
    return bounded(
      "Datadog",
      async (signal) => {
        const answer = await ask(
          "/api/v1/query",
          {
            from: String(Math.floor(from / 1_000)),
            to: String(Math.ceil(to / 1_000)),
            query,
          },
          signal,
        );
        const { status, error, series } = queryAnswer.parse(answer);
        if (status === "error") throw new NoAnswer(`Datadog refused the query: ${error ?? "?"}`);
        if (series === undefined) throw new Error("no series in it");
        if (series.length > 1) throw new NoAnswer(`Datadog gave ${series.length} series, not one`);
        return (series[0]?.pointlist ?? []).map(pointOf);
      },
      connection.timeoutMilliseconds,
    );
  },
  monitorState: async (id) => {
    const ask = await datadogApi(connection);
    return bounded(
      "Datadog",
      async (signal) => {
        if (!/^\d+$/.test(id)) throw new NoAnswer(`"${id}" is no monitor id`);
        try {
          return monitor.parse(await ask(`/api/v1/monitor/${id}`, {}, signal)).overall_state;
        } catch (error) {
          if (!(error instanceof WrongStatus) || error.code !== 404) throw error;
          throw new NoAnswer(`Datadog has no monitor ${id}`);
        }
      },
      connection.timeoutMilliseconds,
    );
  },
});

const queryAnswer = z.object({
  status: z.string().optional(),
  error: z.string().optional(),
  series: z.array(z.object({ pointlist: z.array(z.unknown()).optional() })).optional(),
});

const monitor = z.object({ overall_state: z.string() });

const pointOf = (point: unknown): Point => {
  const [at, value] = Array.isArray(point) ? (point as readonly unknown[]) : [];
  if (typeof at !== "number") throw new Error("a point without a time");
  if (value !== null && typeof value !== "number") throw new Error("a point that is no number");
  return { at, value: value === null || Number.isNaN(value) ? null : value };
};
