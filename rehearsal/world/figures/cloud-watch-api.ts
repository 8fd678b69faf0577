import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { cloudWatch, statistics } from "../../../definition/figure.ts";
import { signedRegion } from "../aws/signed-region.ts";
import { requestBody } from "../gateway/request-body.ts";
import type { ToldFigures } from "./told-figures.ts";

const target = "GraniteServiceVersion20100801.GetMetricData";

/** Seconds since the epoch. */
const instant = z.number();

const asked = z.object({
  StartTime: instant,
  EndTime: instant,
  MetricDataQueries: z.array(
    z.object({
      Id: z.string(),
      MetricStat: z.object({
        Metric: z.object({
          Namespace: z.string(),
          MetricName: z.string(),
          Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
        }),
        Period: z.int().min(60),
        Stat: z.enum(statistics),
      }),
    }),
  ),
});

/**
 * Answers CloudWatch's `GetMetricData`: a value for each whole period of a metric that the plan has, no value for any
 * other.
 * @param accessKey what callers have to sign with.
 */
export const cloudWatchApi =
  (figures: ToldFigures, accessKey: string) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    void requestBody(request)
      .then((body) => {
        const region = signedRegion(request, accessKey);
        if (region === undefined) return refuse(response, "UnrecognizedClientException");
        if (request.headers["x-amz-target"] !== target) return refuse(response, "InvalidAction");
        const given = asked.safeParse(JSON.parse(body?.toString() ?? "null"));
        if (!given.success) return refuse(response, "InvalidParameterValueException");
        json(response, 200, { MetricDataResults: results(figures, region, given.data) });
      })
      .catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    return true;
  };

const results = (
  figures: ToldFigures,
  region: string,
  { StartTime, EndTime, MetricDataQueries }: z.infer<typeof asked>,
): readonly unknown[] =>
  MetricDataQueries.map(({ Id, MetricStat: { Metric, Period, Stat } }) => {
    const value = figures.valueOf(
      cloudWatch({
        ...{ region, namespace: Metric.Namespace, metric: Metric.MetricName, statistic: Stat },
        dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
      }),
    );
    const Timestamps = value === undefined ? [] : periods(StartTime, EndTime, Period);
    const Values = Timestamps.map(() => value);
    return { Id, Label: Metric.MetricName, StatusCode: "Complete", Timestamps, Values };
  });

/** Beginnings of the whole periods of a span. */
const periods = (from: number, to: number, length: number): readonly number[] => {
  const first = Math.ceil(from / length);
  const count = Math.max(0, Math.floor(to / length) - first);
  return Array.from({ length: count }, (_, index) => (first + index) * length);
};

const refuse = (response: ServerResponse, type: string): void => {
  json(response, 400, { __type: `com.amazonaws.cloudwatch#${type}`, message: "refused" });
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify(body));
};
