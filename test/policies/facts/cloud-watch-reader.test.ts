import { describe, expect, test } from "vitest";
import { cloudWatch } from "../../../definition/figure.ts";
import { readCloudWatch } from "../../../policies/facts/cloud-watch-reader.ts";
import { json, hang, localSource } from "./local-source.ts";

const now = Date.parse("2026-01-10T22:00:30Z");
const minute = 60_000;
const span = { from: now - 5 * minute, to: now };
const lag = cloudWatch({
  region: "us-west-2",
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  dimensions: { DBClusterIdentifier: "nxop-west" },
  statistic: "Maximum",
});
const ask = (url: string, timeoutMilliseconds = 5_000) =>
  readCloudWatch({ by: "world", endpoint: url, timeoutMilliseconds }, lag, span);
/** An answer with these values, the newest of them a whole minute old. */
const series = (values: readonly unknown[], StatusCode = "Complete") => ({
  Id: "figure",
  Label: "lag",
  StatusCode,
  Timestamps: values.map((_, index) => (now - 30_000) / 1_000 - 60 * (values.length - index)),
  Values: values,
});
const answer = (...MetricDataResults: readonly unknown[]) => json({ MetricDataResults });
const refusal = (type: string, status: number) =>
  json({ __type: `com.amazonaws.cloudwatch#${type}`, message: "no" }, status);

test("asks for one metric by its minutes, up to the last one that is over", async () => {
  const { url, asked } = await localSource(() => answer(series([10, 20])));
  expect(await ask(url)).toEqual({
    known: true,
    value: { value: 20, at: Date.parse("2026-01-10T21:59:00Z") },
  });
  expect(asked[0]?.headers["x-amz-target"]).toBe("GraniteServiceVersion20100801.GetMetricData");
  expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
    StartTime: Date.parse("2026-01-10T21:55:30Z") / 1_000,
    EndTime: Date.parse("2026-01-10T22:00:00Z") / 1_000,
    MetricDataQueries: [
      {
        MetricStat: {
          Metric: {
            Namespace: "AWS/DocDB",
            MetricName: "GlobalClusterReplicationLag",
            Dimensions: [{ Name: "DBClusterIdentifier", Value: "nxop-west" }],
          },
          Period: 60,
          Stat: "Maximum",
        },
      },
    ],
  });
});

describe("what is no answer is not known", () => {
  test.for([
    ["no point", answer(series([])), "CloudWatch in us-west-2 has no value for it"],
    [
      "a point from before",
      answer({ ...series([1]), Timestamps: [(now - 6 * minute) / 1_000] }),
      "CloudWatch in us-west-2 has no value for it",
    ],
    ["no series", answer(), "CloudWatch in us-west-2 gave no series"],
    ["two series", answer(series([1]), series([2])), "gave 2 series, not one"],
    ["a part", answer(series([1], "PartialData")), "gave not all of it: PartialData"],
    ["an inner error", answer(series([1], "InternalError")), "gave not all of it: InternalError"],
    ["NaN", answer(series(["NaN"])), "could not be read"],
    ["text for a number", answer(series(["high"])), "could not be read"],
    ["no right to read", refusal("AccessDeniedException", 400), "cannot be read: AccessDenied"],
    [
      "unknown credentials",
      refusal("UnrecognizedClientException", 400),
      "cannot be read: UnrecognizedClient",
    ],
    ["no JSON", json("swordfish"), "could not be read"],
    [
      "a huge answer",
      json(JSON.stringify({ MetricDataResults: [], padding: "x".repeat(17 * 1024 * 1024) })),
      "longer than any answer",
    ],
    ["nothing", hang, "CloudWatch in us-west-2 did not answer within 300 ms"],
  ] as const)("%s", async ([, given, reason]) => {
    const { url } = await localSource(() => given);
    const reading = await ask(url, given === hang ? 300 : 5_000);
    expect(reading).toMatchObject({ known: false, reason: expect.stringContaining(reason) });
    expect(JSON.stringify(reading)).not.toContain("swordfish");
  });
});

test.for(["ThrottlingException", "InternalServiceFault"])("%s is asked once more", async (type) => {
  const { url } = await localSource((_, count) =>
    count === 1 ? refusal(type, 500) : answer(series([3])),
  );
  expect(await ask(url)).toMatchObject({ known: true, value: { value: 3 } });
});
