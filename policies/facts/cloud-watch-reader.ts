import { Readable } from "node:stream";
import { z } from "zod";
import type { CloudWatchMetric } from "../../definition/figure.ts";
import { clientConfig, plainAwsError, type AwsConnection } from "./aws-connection.ts";
import { bounded, NoAnswer } from "./bounded.ts";
import type { Newest } from "./facts.ts";
import { limitedBody } from "./limited-body.ts";
import { newestPoint } from "./newest-point.ts";
import type { Reading } from "./reading.ts";
import type { Span } from "./watched-window.ts";

/** Figures are of minutes: what AWS reports itself is not finer. */
const minute = 60_000;

/** A metric's value in the newest whole minute of a span that has one; a minute that is not over has only a part. */
export const readCloudWatch = async (
  connection: AwsConnection,
  { region, namespace, metric, dimensions, statistic }: CloudWatchMetric,
  { from, to }: Span,
): Promise<Reading<Newest>> => {
  const sdk = await loadCloudWatch();
  const service = `CloudWatch in ${region}`;
  const points = await bounded(
    service,
    async (abortSignal) => {
      const client = new sdk.CloudWatchClient(clientConfig(connection, region));
      client.middlewareStack.add(
        (next) => async (request) => {
          const answered = await next(request);
          const response = answered.response as { body?: unknown };
          if (response.body instanceof Readable) response.body = limitedBody(response.body);
          return answered;
        },
        { step: "deserialize", priority: "low" },
      );
      try {
        const found = await client.send(
          new sdk.GetMetricDataCommand({
            StartTime: new Date(from),
            EndTime: new Date(Math.floor(to / minute) * minute),
            ScanBy: "TimestampAscending",
            MetricDataQueries: [
              {
                Id: "figure",
                MetricStat: {
                  Metric: {
                    Namespace: namespace,
                    MetricName: metric,
                    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({
                      Name,
                      Value,
                    })),
                  },
                  Period: minute / 1_000,
                  Stat: statistic,
                },
              },
            ],
          }),
          { abortSignal },
        );
        const [result, ...others] = results.parse(found.MetricDataResults ?? []);
        if (result === undefined) throw new NoAnswer(`${service} gave no series`);
        if (others.length > 0) {
          throw new NoAnswer(`${service} gave ${others.length + 1} series, not one`);
        }
        if (result.StatusCode !== "Complete") {
          throw new NoAnswer(`${service} gave not all of it: ${result.StatusCode}`);
        }
        return result.Timestamps.map((at, index) => ({
          at: at.getTime(),
          value: result.Values[index] ?? null,
        })).filter(({ at }) => at >= from);
      } catch (error) {
        throw plainAwsError(service, [], error);
      } finally {
        client.destroy();
      }
    },
    connection.timeoutMilliseconds,
  );
  return points.known ? newestPoint(service, points.value) : points;
};

/** The official client, for those who ask only. */
export const loadCloudWatch = () => import("@aws-sdk/client-cloudwatch");

const results = z.array(
  z.object({
    StatusCode: z.string(),
    Timestamps: z.array(z.date()),
    Values: z.array(z.number()),
  }),
);
