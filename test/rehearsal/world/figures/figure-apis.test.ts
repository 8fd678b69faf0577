import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { cloudWatch, promQl } from "../../../../definition/figure.ts";
import { count, minutes } from "../../../../definition/units.ts";
import { readCloudWatch } from "../../../../policies/facts/cloud-watch-reader.ts";
import { readPrometheus } from "../../../../policies/facts/prometheus-reader.ts";
import { cloudWatchApi } from "../../../../rehearsal/world/figures/cloud-watch-api.ts";
import { prometheusApi } from "../../../../rehearsal/world/figures/prometheus-api.ts";
import { ToldFigures } from "../../../../rehearsal/world/figures/told-figures.ts";

const missing = promQl('sum(rows_missing{table="leave"})');
const lag = cloudWatch({
  region: "us-west-2",
  namespace: "AWS/DocDB",
  metric: "GlobalClusterReplicationLag",
  dimensions: { DBClusterIdentifier: "west", Role: "reader" },
  statistic: "Maximum",
});
const check = (name: string, query: typeof missing | typeof lag) => ({
  ...{ name, title: name, query, source: "S2-1" },
  ...{ limit: { below: count(1) }, notOlderThan: minutes(5) },
});
const now = Date.parse("2026-01-10T22:00:30Z");
const span = { from: now - 5 * 60_000, to: now };

let figures: ToldFigures;
let world: string;

beforeEach(async () => {
  figures = new ToldFigures({ dataChecks: [check("missing", missing), check("lag", lag)] });
  const prometheus = prometheusApi(figures);
  const cloud = cloudWatchApi(figures, "rehearsal");
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const isKnown = path.startsWith("/prometheus/")
      ? prometheus(request, response, path.slice("/prometheus".length))
      : cloud(request, response);
    if (!isKnown) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  world = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

const askPrometheus = (query = missing) =>
  readPrometheus({ url: `${world}/prometheus`, token: undefined }, query, span);
const askCloudWatch = (query = lag) =>
  readCloudWatch({ by: "world", endpoint: `${world}/cloudwatch` }, query, span);

describe("the plan's own figures are read by the gates' own readers", () => {
  test("nothing is missing, and nothing lags behind", async () => {
    expect(await askPrometheus()).toEqual({ known: true, value: { value: 0, at: now } });
    expect(await askCloudWatch()).toEqual({
      known: true,
      value: { value: 0, at: Date.parse("2026-01-10T21:59:00Z") },
    });
  });

  test("until somebody tells another value, of that figure alone", async () => {
    figures.tell(missing, 3);
    expect(await askPrometheus()).toMatchObject({ value: { value: 3 } });
    expect(await askCloudWatch()).toMatchObject({ value: { value: 0 } });
    figures.tell(lag, 700);
    expect(await askCloudWatch()).toMatchObject({ value: { value: 700 } });
  });

  test("dimensions are the same in any order", async () => {
    const turned = { ...lag, dimensions: { Role: "reader", DBClusterIdentifier: "west" } };
    expect(await askCloudWatch(turned)).toMatchObject({ known: true });
  });
});

describe("what no figure of the plan asks has no value", () => {
  test("another expression", async () =>
    expect(await askPrometheus(promQl("up"))).toMatchObject({
      known: false,
      reason: "Prometheus has no value for it",
    }));

  test.each([
    ["region", { region: "us-east-1" }],
    ["metric", { metric: "CPUUtilization" }],
    ["statistic", { statistic: "Average" as const }],
    ["dimension", { dimensions: { DBClusterIdentifier: "east", Role: "reader" } }],
  ])("another %s", async (_, change) =>
    expect(await askCloudWatch({ ...lag, ...change })).toMatchObject({
      known: false,
      reason: expect.stringContaining("has no value for it"),
    }),
  );
});

test("a caller with another key, another call, and a query without an expression are refused", async () => {
  const call = (headers: Readonly<Record<string, string>>) =>
    fetch(`${world}/cloudwatch/`, { method: "POST", body: "{}", headers });
  const key = "Credential=rehearsal/20260110/us-west-2/monitoring/aws4_request";
  const target = "GraniteServiceVersion20100801.GetMetricData";
  for (const headers of [
    { "x-amz-target": target },
    { authorization: key.replace("rehearsal", "other"), "x-amz-target": target },
    { authorization: key, "x-amz-target": target.replace("Get", "Put") },
    { authorization: key, "x-amz-target": target },
  ]) {
    expect((await call(headers)).status).toBe(400);
  }
  expect((await fetch(`${world}/prometheus/api/v1/query?time=1`)).status).toBe(400);
  expect((await fetch(`${world}/prometheus/api/v1/labels`)).status).toBe(404);
});
