import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { startDatadogProvider } from "../../../../rehearsal/providers/datadog/datadog-provider.ts";
import {
  secret,
  UNKNOWN,
  type Properties,
} from "../../../../rehearsal/providers/property-values.ts";
import { Monitoring } from "../../../../rehearsal/world/monitoring/monitoring.ts";
import { ProviderClient } from "../provider-client.ts";

const MONITOR = "datadog:index/monitor:Monitor";
const DASHBOARD = "datadog:index/dashboardJson:DashboardJson";
const keys = { apiKey: secret("api"), appKey: secret("app") };

let monitoring: Monitoring;
let client: ProviderClient;
let stop: () => Promise<void>;

beforeEach(async () => {
  monitoring = new Monitoring({
    clock: CutoverClock.startingAt(Date.UTC(2026, 10, 21)),
    targets: () => [],
    apiKey: "api",
    applicationKey: "app",
  });
  const running = await startDatadogProvider(monitoring);
  stop = running.stop;
  client = new ProviderClient(running.port);
  await client.configure(keys);
});
afterEach(async () => {
  client.close();
  await stop();
});

const monitor: Properties = {
  name: "LMS green error rate",
  type: "query alert",
  query: "min(last_2m):max:g{*} >= 1",
  message: "@slack-lms-incidents",
  tags: ["system:lms"],
  priority: "1",
  monitorThresholds: { critical: "1.0", warning: "0.5" },
  onMissingData: "resolve",
  requireFullWindow: true,
  evaluationDelay: 15,
  includeTags: true,
  renotifyInterval: 10,
};

const dashboard = (query: string): string =>
  JSON.stringify({
    title: "LMS cutover",
    layout_type: "ordered",
    widgets: [
      {
        definition: {
          type: "timeseries",
          requests: [{ queries: [{ data_source: "metrics", name: "a", query }] }],
        },
      },
    ],
  });

describe("Monitor", () => {
  test("becomes a monitor of the world, as the API would have it", async () => {
    const { id, outputs } = await client.create(MONITOR, monitor);
    expect(outputs).toEqual({ ...monitor, restrictedRoles: [] });
    expect(monitoring.monitors.get(Number(id))).toMatchObject({
      state: "No Data",
      definition: {
        priority: 1,
        tags: ["system:lms"],
        options: {
          thresholds: { critical: 1, warning: 0.5 },
          on_missing_data: "resolve",
          evaluation_delay: 15,
        },
      },
    });
  });

  test("changes in place, its type too", async () => {
    const { id, outputs } = await client.create(MONITOR, monitor);
    const inputs = { ...monitor, type: "metric alert", query: "min(last_5m):max:g{*} >= 1" };
    expect((await client.diff(MONITOR, monitor, inputs)).replaces).toEqual([]);
    await client.update(MONITOR, id, { oldInputs: monitor, oldOutputs: outputs, inputs });
    expect(monitoring.monitors.get(Number(id))?.definition.query).toBe(inputs.query);
  });

  test("reads back what was written, defaults and spelling of numbers included", async () => {
    const { id, outputs } = await client.create(MONITOR, monitor);
    expect((await client.read(MONITOR, id, monitor, outputs)).inputs).toEqual(monitor);
    const { name, type, query, message } = monitor;
    const least = { name, type, query, message };
    const small = await client.create(MONITOR, least);
    expect((await client.read(MONITOR, small.id, least, small.outputs)).inputs).toEqual(least);
  });

  test("shows what was changed by hand", async () => {
    const { id, outputs } = await client.create(MONITOR, monitor);
    const options = { thresholds: { critical: 2 }, on_missing_data: "show_no_data" };
    const query = "min(last_2m):max:g{*} >= 2";
    monitoring.monitors.update(Number(id), { query, options }, monitoring.now());
    expect((await client.read(MONITOR, id, monitor, outputs)).inputs).toMatchObject({
      query,
      monitorThresholds: { critical: "2" },
      onMissingData: "show_no_data",
    });
  });

  test("is removed, and is no failure when it is gone already", async () => {
    const { id } = await client.create(MONITOR, monitor);
    await client.delete(MONITOR, id);
    await client.delete(MONITOR, id);
    expect(monitoring.monitors.list()).toEqual([]);
    expect((await client.read(MONITOR, id, monitor)).id).toBe("");
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["groups to notify by, which simple alerts have not", { notifyBies: ["pod"] }, /notifyBies/],
    ["a query that does not parse", { query: "min(last_2m):max:g >= 1" }, /'query' is invalid/],
    ["an empty message", { message: "" }, /message must not be empty/],
    ["an unknown type", { type: "log alert" }, /'type' is invalid/],
    ["a long name", { name: "x".repeat(257) }, /name/],
    ["a tag without a value", { tags: ["lms"] }, /key:value/],
    ["a priority of 6", { priority: "6" }, /priority/],
    ["a priority that is a number", { priority: 1 }, /priority/],
    ["a threshold that is no number", { monitorThresholds: { critical: "high" } }, /a number/],
    [
      "a threshold that differs from the query's",
      { monitorThresholds: { critical: "2" } },
      /Alert threshold \(2\) does not match that used in the query \(1\)/,
    ],
    ["an unknown way with missing data", { onMissingData: "ignore" }, /on_missing_data/],
  ] as const)("refuses %s", async ([, change, reason]) => {
    const { failures } = await client.check(MONITOR, { ...monitor, ...change });
    expect(failures.join("\n")).toMatch(reason);
  });

  test("leaves for later what a preview cannot know", async () => {
    const news = { ...monitor, query: UNKNOWN, message: UNKNOWN };
    expect((await client.check(MONITOR, news)).failures).toEqual([]);
  });
});

describe("DashboardJson", () => {
  const inputs = { dashboard: dashboard("sum:c{*}.as_count()") };

  test("becomes a dashboard with an id and a url", async () => {
    const { id, outputs } = await client.create(DASHBOARD, inputs);
    expect(outputs).toMatchObject({ url: `/dashboard/${id}/lms-cutover` });
    expect(monitoring.dashboards.get(id)?.definition.title).toBe("LMS cutover");
  });

  test("reads back the text that was written, unless it says something else", async () => {
    const written = { dashboard: `  ${inputs.dashboard} ` };
    const { id } = await client.create(DASHBOARD, written);
    expect((await client.read(DASHBOARD, id, written)).inputs).toEqual(written);
    const other = JSON.parse(dashboard("avg:c{*}")) as unknown;
    monitoring.dashboards.update(id, other, monitoring.now());
    expect((await client.read(DASHBOARD, id, written)).inputs).toEqual({
      dashboard: JSON.stringify(other),
    });
  });

  test("changes in place and is removed", async () => {
    const { id, outputs } = await client.create(DASHBOARD, inputs);
    const changed = { dashboard: dashboard("avg:c{*}") };
    await client.update(DASHBOARD, id, {
      oldInputs: inputs,
      oldOutputs: outputs,
      inputs: changed,
    });
    expect(JSON.stringify(monitoring.dashboards.get(id)?.definition)).toContain("avg:c{*}");
    await client.delete(DASHBOARD, id);
    expect(monitoring.dashboards.list()).toEqual([]);
  });

  test.for([
    ["what is not JSON", "{", /JSON/],
    ["a query that does not parse", dashboard("sum:c{"), /Invalid query/],
    ["no widgets", '{"title":"a","layout_type":"ordered"}', /widgets/],
    ["an unknown field", '{"title":"a","layout_type":"ordered","widgets":[],"x":1}', /"x"/],
  ] as const)("refuses %s", async ([, text, reason]) => {
    const { failures } = await client.check(DASHBOARD, { dashboard: text });
    expect(failures.join("\n")).toMatch(reason);
  });
});

describe("the provider's configuration", () => {
  test("is accepted with both keys", async () =>
    expect(
      await client.checkConfig({
        ...keys,
        apiUrl: "http://127.0.0.1:4000/datadog",
        validate: "true",
      }),
    ).toEqual([]));

  test.for([
    ["no keys", {}, 2],
    ["a url that is none", { ...keys, apiUrl: "datadog" }, 1],
    ["an unknown setting", { ...keys, colour: "red" }, 1],
  ] as const)("is refused with %s", async ([, config, count]) =>
    expect(await client.checkConfig(config)).toHaveLength(count),
  );

  test("with wrong keys is refused", async () =>
    expect(client.configure({ ...keys, appKey: "wrong" })).rejects.toMatchObject({
      details: expect.stringContaining("Invalid or missing credentials"),
    }));

  test("with wrong keys and without validation fails at the first operation", async () => {
    await client.configure({ ...keys, appKey: "wrong", validate: "false" });
    await expect(client.create(MONITOR, monitor)).rejects.toMatchObject({
      details: expect.stringContaining("403 Forbidden"),
    });
  });
});

test("an outage of Datadog fails operations, and nothing is made", async () => {
  monitoring.api.outage = "error";
  await expect(client.create(MONITOR, monitor)).rejects.toMatchObject({
    details: expect.stringContaining("503"),
  });
  expect(monitoring.monitors.list()).toEqual([]);
});
