import { describe, expect, test } from "vitest";
import { MetricStore } from "../../../../rehearsal/world/monitoring/metric-store.ts";
import { Monitors, type Transition } from "../../../../rehearsal/world/monitoring/monitors.ts";
import { NotificationSink } from "../../../../rehearsal/world/monitoring/notification-sink.ts";

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 21);

const definition = (change: object = {}) => ({
  name: "LMS green error rate",
  type: "query alert",
  query: "min(last_2m):max:g{*} >= 1",
  message:
    "{{#is_alert}}Roll back. @slack-lms-incidents{{/is_alert}}{{#is_recovery}}@slack-lms{{/is_recovery}}",
  tags: ["system:lms"],
  options: { on_missing_data: "show_no_data", thresholds: { critical: 1 } },
  ...change,
});

/** A monitor over a gauge, one reading a minute from T0 on; `undefined` leaves the minute out. */
const over = (readings: readonly (number | undefined)[], change: object = {}) => {
  const store = new MetricStore();
  const sink = new NotificationSink();
  const monitors = new Monitors(store, sink);
  const { id } = monitors.create(definition(change), T0);
  readings.forEach((value, minute) => {
    if (value !== undefined) store.addGauge("g", {}, T0 + minute * MINUTE, value);
  });
  /** The state after an evaluation at so many minutes past T0. */
  const at = (minutes: number) => {
    monitors.evaluate(T0 + minutes * MINUTE);
    return monitors.get(id)?.state;
  };
  return { monitors, sink, id, at };
};

describe("min(last_2m) >= 1", () => {
  test.for([
    { readings: [1, 1], state: "Alert", what: "exactly at the threshold" },
    { readings: [0.999, 1], state: "OK", what: "one point just below" },
    { readings: [5, 0.999], state: "OK", what: "the newest point just below" },
    { readings: [5, undefined], state: "No Data", what: "one missing minute keeps the state" },
    { readings: [5, NaN], state: "No Data", what: "one NaN minute keeps the state" },
    { readings: [undefined, undefined], state: "No Data", what: "no data" },
    { readings: [NaN, NaN], state: "No Data", what: "only NaN" },
  ])("$what: $state", ({ readings, state }) => expect(over(readings).at(2)).toBe(state));

  test("only complete minutes are judged", () => {
    const { at } = over([0, 1, 1]);
    expect(at(2)).toBe("OK");
    expect(at(2.99)).toBe("OK");
    expect(at(3)).toBe("Alert");
  });

  test("a hole does not end an alert; a good minute does", () => {
    const { at } = over([2, 2, undefined, 0]);
    expect([at(2), at(3), at(4)]).toEqual(["Alert", "Alert", "Alert"]);
    expect(over([2, 2, 0]).at(3)).toBe("OK");
  });

  test("without a full window required, what is there is judged", () =>
    expect(
      over([5, undefined], {
        options: { require_full_window: false, thresholds: { critical: 1 } },
      }).at(2),
    ).toBe("Alert"));
});

test.for([
  ["max(last_3m):max:g{*} > 3", [0, 4, undefined], "Alert"],
  ["max(last_3m):max:g{*} > 4", [0, 4, 0], "OK"],
  ["avg(last_3m):max:g{*} >= 2", [1, 2, 3], "Alert"],
  ["avg(last_3m):max:g{*} >= 2.01", [1, 2, 3], "OK"],
  ["sum(last_3m):max:g{*} >= 6", [1, 2, 3], "Alert"],
  ["min(last_3m):max:g{*} < 1", [5, undefined, 0.5], "Alert"],
  ["max(last_3m):max:g{*} <= 1", [1, 1, 1.1], "OK"],
] as const)("%s over %j: %s", ([query, readings, state]) =>
  expect(over(readings, { query, options: {} }).at(3)).toBe(state),
);

test("sum() over a quotient of counts sums before it divides, as Datadog does", () => {
  const store = new MetricStore();
  const monitors = new Monitors(store, new NotificationSink());
  const query = "sum(last_2m):100 * sum:c{code:5*}.as_count() / sum:c{*}.as_count() >= 2";
  const { id } = monitors.create(definition({ query, options: {} }), T0);
  store.addCount("c", { code: "200" }, T0, 97);
  store.addCount("c", { code: "500" }, T0, 2);
  store.addCount("c", { code: "500" }, T0 + MINUTE, 1);
  monitors.evaluate(T0 + 2 * MINUTE);
  expect(monitors.get(id)).toMatchObject({ value: 3, state: "Alert" });
});

test("warning and recovery thresholds", () => {
  const options = {
    thresholds: { critical: 10, warning: 5, critical_recovery: 8, warning_recovery: 3 },
  };
  const query = "max(last_1m):max:g{*} > 10";
  const { at } = over([6, 11, 9, 8, 4, 3], { query, options });
  expect([1, 2, 3, 4, 5, 6].map(at)).toEqual(["Warn", "Alert", "Alert", "Warn", "Warn", "OK"]);
});

describe("missing data", () => {
  const gap = [2, 2, ...new Array<undefined>(20).fill(undefined)];
  test.for([
    { options: { on_missing_data: "resolve" }, states: ["Alert", "OK", "OK"] },
    { options: { on_missing_data: "show_no_data" }, states: ["Alert", "No Data", "No Data"] },
    { options: { on_missing_data: "default" }, states: ["Alert", "Alert", "Alert"] },
    { options: {}, states: ["Alert", "No Data", "No Data"] },
    {
      options: { notify_no_data: true, no_data_timeframe: 5 },
      states: ["Alert", "Alert", "No Data"],
    },
  ])("$options", ({ options, states }) => {
    const { at } = over(gap, { options });
    expect([at(2), at(4), at(9)]).toEqual(states);
  });

  test("a plain count without data is zero by default", () =>
    expect(
      over([], {
        query: "sum(last_2m):sum:c{*}.as_count() < 1",
        options: { on_missing_data: "default" },
      }).at(2),
    ).toBe("Alert"));

  test("it is told only where that was asked for", () => {
    const message = "@slack-lms";
    const quiet = over(gap, { message, options: { on_missing_data: "show_no_data" } });
    const loud = over(gap, { message, options: { on_missing_data: "show_and_notify_no_data" } });
    for (const { at } of [quiet, loud]) [2, 4].forEach(at);
    expect(quiet.sink.deliveries.map(({ title }) => title)).toEqual([
      "Triggered: LMS green error rate",
    ]);
    expect(loud.sink.deliveries.map(({ title }) => title)).toEqual([
      "Triggered: LMS green error rate",
      "No data: LMS green error rate",
    ]);
  });
});

test("transitions are recorded, offered and notified with their time", () => {
  const { monitors, sink, at, id } = over([0, 0, 2, 2, 0]);
  const heard: Transition[] = [];
  monitors.onTransition((transition) => heard.push(transition));
  [2, 3, 4, 5].forEach(at);
  expect(heard).toEqual(monitors.history);
  expect(heard.map(({ from, to, at: when }) => [from, to, (when - T0) / MINUTE])).toEqual([
    ["No Data", "OK", 2],
    ["OK", "Alert", 4],
    ["Alert", "OK", 5],
  ]);
  expect(monitors.get(id)?.stateModifiedAt).toBe(T0 + 5 * MINUTE);
  expect(sink.deliveries.map(({ handle, at: when }) => [handle, (when - T0) / MINUTE])).toEqual([
    ["@slack-lms-incidents", 4],
    ["@slack-lms", 5],
  ]);
});

test("an alert is told again after the interval", () => {
  const { sink, at } = over([2, 2, 2, 2, 2, 2], {
    message: "@slack-lms",
    options: { renotify_interval: 2 },
  });
  [2, 3, 4, 5, 6].forEach(at);
  expect(sink.deliveries.map(({ at: when }) => (when - T0) / MINUTE)).toEqual([2, 4, 6]);
});

test("a sink that is down loses messages and delays nothing", () => {
  const { sink, at } = over([2, 2]);
  sink.down = true;
  expect(at(2)).toBe("Alert");
  expect([sink.deliveries.length, sink.lost.length]).toEqual([0, 1]);
});

test("a forced state stays until it is released", () => {
  const { monitors, id, at } = over([0, 0, 0, 0]);
  at(2);
  monitors.force(id, "Alert", T0 + 2.5 * MINUTE);
  expect(at(3)).toBe("Alert");
  expect(monitors.history.at(-1)).toMatchObject({ to: "Alert", forced: true });
  monitors.release(id);
  expect(at(4)).toBe("OK");
});

test("an evaluation delay moves the window back", () => {
  const { at } = over([2, 2, 0], { options: { evaluation_delay: 60 } });
  expect(at(3)).toBe("Alert");
});

test.for([
  ["an empty message", { message: " " }, "message must not be empty"],
  ["an unknown type", { type: "log alert" }, "'type' is invalid"],
  ["a query that does not parse", { query: "min(last_2m):max:g >= 1" }, "'query' is invalid"],
  ["a window that is too long", { query: "min(last_5h):max:g{*} >= 1" }, "last_1m to last_4h"],
  ["groups", { query: "min(last_2m):max:g{*} by {pod} >= 1" }, "by group"],
  ["no threshold", { query: "min(last_2m):max:g{*}" }, "a comparison"],
  [
    "a threshold that differs",
    { options: { thresholds: { critical: 2 } } },
    "Alert threshold (2) does not match that used in the query (1).",
  ],
  ["only a warning", { options: { thresholds: { warning: 0.5 } } }, "Alert status is required."],
  [
    "a warning beyond the alert",
    { options: { thresholds: { critical: 1, warning: 1 } } },
    "Warning threshold (1) must be less than 1.",
  ],
  ["a tag without a value", { tags: ["lms"] }, "a tag is key:value"],
  ["an unknown option", { options: { on_missing: "resolve" } }, "on_missing"],
  ["an unknown field", { colour: "red" }, "colour"],
  ["a priority of 6", { priority: 6 }, "priority"],
  [
    "both ways to treat missing data",
    { options: { on_missing_data: "resolve", notify_no_data: true } },
    "cannot be used together",
  ],
] as const)("refuses %s", ([, change, reason]) => {
  const monitors = new Monitors(new MetricStore(), new NotificationSink());
  expect(() => monitors.create(definition(change), T0)).toThrow(reason);
  expect(monitors.list()).toEqual([]);
});

test("twelve monitors over a busy store are judged in a few milliseconds", () => {
  const store = new MetricStore();
  const monitors = new Monitors(store, new NotificationSink());
  for (let at = 0; at < 60 * MINUTE; at += 10_000) {
    for (let series = 0; series < 60; series += 1) {
      const code = series % 3 === 0 ? "500" : "200";
      store.addCount("c", { code, series: String(series) }, T0 + at, 7);
    }
  }
  const query =
    "min(last_5m):100 * default_zero(sum:c{code:5*}.as_count().rollup(sum, 60)) / cutoff_min(sum:c{*}.as_count().rollup(sum, 60), 20) >= 50";
  for (let number = 0; number < 12; number += 1) {
    monitors.create(definition({ query, options: {} }), T0);
  }
  for (let round = 0; round < 20; round += 1) monitors.evaluate(T0 + 60 * MINUTE);
  const begin = performance.now();
  for (let round = 0; round < 20; round += 1) monitors.evaluate(T0 + 60 * MINUTE);
  // Measured about 1 ms; the limit leaves room for a machine that is busy with other tests.
  expect((performance.now() - begin) / 20).toBeLessThan(15);
});
