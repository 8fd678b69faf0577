import { client, v1 } from "./datadog-client.ts";
import { describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { Monitoring } from "../../../../rehearsal/world/monitoring/monitoring.ts";
import { loopback } from "./loopback.ts";

const T0 = Date.UTC(2026, 10, 21) / 1000;
const MINUTE = 60;

const served = async (apiKey = "api", applicationKey = "app") => {
  const clock = CutoverClock.startingAt((T0 + 10 * MINUTE) * 1000);
  const monitoring = new Monitoring({
    clock,
    targets: () => [],
    apiKey: "api",
    applicationKey: "app",
  });
  const url = await loopback((request, response) => {
    const path = request.url?.replace(/^\/datadog/, "") ?? "/";
    void monitoring.handle(request, response, path).then((handled) => {
      if (!handled) response.writeHead(404).end("not Datadog");
    });
  });
  return { monitoring, url, configuration: client(`${url}/datadog`, apiKey, applicationKey) };
};

/** The status and the reasons of a refused call. */
const refusal = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "not refused",
    (error: unknown) =>
      typeof error === "object" && error !== null && "code" in error && "body" in error
        ? { status: error.code, body: error.body }
        : error,
  );

const body = {
  name: "LMS green error rate",
  type: "query alert" as const,
  query: "min(last_2m):max:g{env:prod} >= 1",
  message: "@slack-lms-incidents",
  tags: ["system:lms", "severity:critical"],
  priority: 1,
  options: { onMissingData: "resolve" as const, thresholds: { critical: 1, warning: 0.5 } },
};

describe("metrics", () => {
  const query = async (text: string, from = T0, to = T0 + 3 * MINUTE) => {
    const { monitoring, configuration } = await served();
    const { store } = monitoring;
    store.addCount("c", { env: "prod", code: "200" }, T0 * 1000, 30);
    store.addCount("c", { env: "prod", code: "200" }, (T0 + 10) * 1000, 12);
    store.addCount("c", { env: "prod", code: "500" }, (T0 + MINUTE) * 1000, 5);
    store.addCount("c", { env: "prod", code: "500" }, (T0 + 2 * MINUTE) * 1000, NaN);
    return new v1.MetricsApi(configuration).queryMetrics({ from, to, query: text });
  };

  test("a query is answered in points of cutover time", async () => {
    const answer = await query("sum:c{env:prod} by {code}.as_count()");
    expect(answer.status).toBe("ok");
    expect(answer.series?.map(({ tagSet, pointlist }) => [tagSet, pointlist])).toEqual([
      [["code:200"], [[T0 * 1000, 42]]],
      [
        ["code:500"],
        [
          [(T0 + MINUTE) * 1000, 5],
          [(T0 + 2 * MINUTE) * 1000, null],
        ],
      ],
    ]);
    expect(answer.series?.[0]).toMatchObject({
      metric: "c",
      interval: 60,
      length: 1,
      scope: "code:200",
    });
  });

  test("no data is no series", async () =>
    expect((await query("sum:nothing{*}.as_count()")).series).toEqual([]));

  test("a query that is not understood is 400", async () =>
    expect(await refusal(query("sum:c{env:prod"))).toMatchObject({
      status: 400,
      body: { errors: [expect.stringContaining('expected "}" at 14, found the end')] },
    }));

  test("a span that ends before it begins is 400", async () =>
    expect(await refusal(query("sum:c{*}", T0 + 1, T0))).toMatchObject({ status: 400 }));
});

describe("monitors", () => {
  test("are made, read, changed, listed and removed", async () => {
    const { configuration, monitoring } = await served();
    const api = new v1.MonitorsApi(configuration);
    const { id = 0 } = await api.createMonitor({ body });
    await api.createMonitor({ body: { ...body, name: "other", tags: ["system:nxop"] } });
    monitoring.store.addGauge("g", { env: "prod" }, (T0 + 8 * MINUTE) * 1000, 3);
    monitoring.store.addGauge("g", { env: "prod" }, (T0 + 9 * MINUTE) * 1000, 3);
    monitoring.monitors.evaluate((T0 + 10 * MINUTE) * 1000);

    const found = await api.getMonitor({ monitorId: id });
    expect(found).toMatchObject({ ...body, id, overallState: "Alert" });
    expect(found.additionalProperties?.overall_state_modified).toBe("2026-11-21T00:10:00.000Z");

    const changed = await api.updateMonitor({
      monitorId: id,
      body: {
        query: "min(last_2m):max:g{env:prod} >= 2",
        options: { thresholds: { critical: 2 } },
      },
    });
    expect(changed).toMatchObject({ name: body.name, options: { thresholds: { critical: 2 } } });
    const names = async (filter: object) =>
      (await api.listMonitors(filter)).map(({ name }) => name);
    expect(await names({})).toEqual([body.name, "other"]);
    expect(await names({ monitorTags: "system:lms,severity:critical" })).toEqual([body.name]);
    expect(await names({ name: "OTHER" })).toEqual(["other"]);
    expect(await names({ tags: "env:test" })).toEqual([]);
    expect(await api.deleteMonitor({ monitorId: id })).toMatchObject({ deletedMonitorId: id });
    expect(await refusal(api.getMonitor({ monitorId: id }))).toEqual({
      status: 404,
      body: expect.objectContaining({ errors: ["Monitor not found"] }),
    });
  });

  test("are validated without being made", async () => {
    const { configuration, monitoring } = await served();
    const api = new v1.MonitorsApi(configuration);
    await api.validateMonitor({ body });
    const wrong = { ...body, options: { thresholds: { critical: 2 } } };
    expect(await refusal(api.validateMonitor({ body: wrong }))).toMatchObject({
      status: 400,
      body: { errors: ["Alert threshold (2) does not match that used in the query (1)."] },
    });
    expect(monitoring.monitors.list()).toEqual([]);
  });
});

test("dashboards are made, read, changed and removed; their queries must parse", async () => {
  const { configuration } = await served();
  const api = new v1.DashboardsApi(configuration);
  const dashboard = (query: string) => ({
    title: "LMS cutover",
    layoutType: "ordered" as const,
    widgets: [{ definition: { type: "timeseries" as const, requests: [{ q: query }] } }],
  });
  const { id = "" } = await api.createDashboard({ body: dashboard("sum:c{*}") });
  expect(await api.getDashboard({ dashboardId: id })).toMatchObject({
    title: "LMS cutover",
    url: `/dashboard/${id}/lms-cutover`,
  });
  const renamed = { ...dashboard("avg:c{*}"), title: "LMS" };
  expect(await api.updateDashboard({ dashboardId: id, body: renamed })).toMatchObject({
    title: "LMS",
  });
  expect(await refusal(api.createDashboard({ body: dashboard("sum:c{") }))).toMatchObject({
    status: 400,
  });
  expect(await api.deleteDashboard({ dashboardId: id })).toMatchObject({ deletedDashboardId: id });
  expect(await refusal(api.getDashboard({ dashboardId: id }))).toMatchObject({ status: 404 });
});

test("events are posted, listed, and notify whom they mention", async () => {
  const { configuration, monitoring } = await served();
  const api = new v1.EventsApi(configuration);
  const { event } = await api.createEvent({
    body: { title: "Test alert", text: "@slack-lms-incidents please read", tags: ["system:lms"] },
  });
  const span = { start: T0, end: T0 + 60 * MINUTE };
  expect((await api.listEvents({ ...span, tags: "system:lms" })).events).toMatchObject([
    { id: event?.id, title: "Test alert", dateHappened: T0 + 10 * MINUTE },
  ]);
  expect((await api.listEvents({ ...span, tags: "system:nxop" })).events).toEqual([]);
  expect(monitoring.sink.deliveries.map(({ handle }) => handle)).toEqual(["@slack-lms-incidents"]);
});

describe("keys", () => {
  const forbidden = { status: 403, body: { errors: ["Forbidden"] } };
  test("are valid", async () => {
    const { configuration } = await served();
    expect(await new v1.AuthenticationApi(configuration).validate()).toMatchObject({ valid: true });
  });

  test.for([
    ["wrong", "app"],
    ["api", "wrong"],
    ["", ""],
  ] as const)("%s and %s are forbidden to read monitors", async ([apiKey, applicationKey]) => {
    const { configuration } = await served(apiKey, applicationKey);
    expect(await refusal(new v1.MonitorsApi(configuration).listMonitors())).toMatchObject(
      forbidden,
    );
  });

  test("an API key alone may be validated", async () => {
    const { configuration } = await served("api", "wrong");
    expect(await new v1.AuthenticationApi(configuration).validate()).toMatchObject({ valid: true });
  });
});

describe("faults", () => {
  const queryDuring = async (fault: (monitoring: Monitoring) => void) => {
    const { configuration, monitoring } = await served();
    fault(monitoring);
    const query = { from: T0, to: T0 + MINUTE, query: "sum:c{*}" };
    return refusal(new v1.MetricsApi(configuration).queryMetrics(query));
  };

  test("an outage is 503", async () =>
    expect(await queryDuring(({ api }) => (api.outage = "error"))).toMatchObject({ status: 503 }));

  test("too many requests are 429", async () =>
    expect(await queryDuring(({ api }) => (api.outage = "rate limited"))).toMatchObject({
      status: 429,
    }));

  test("a silent source of metrics is 503", async () =>
    expect(await queryDuring(({ agent }) => agent.silence())).toMatchObject({ status: 503 }));

  test("a silent API never answers, until the world ends", async () => {
    const { url, monitoring } = await served();
    monitoring.api.outage = "silent";
    const call = (signal: AbortSignal) => fetch(`${url}/datadog/api/v1/validate`, { signal });
    await expect(call(AbortSignal.timeout(150))).rejects.toThrow("timeout");
    const pending = call(AbortSignal.timeout(5_000));
    setTimeout(() => monitoring.stop(), 50);
    await expect(pending).rejects.toThrow("fetch failed");
  });
});

test("other paths are not Datadog's", async () => {
  const { url } = await served();
  expect((await fetch(`${url}/datadog/metrics`)).status).toBe(404);
});
