import { describe, expect, test } from "vitest";
import { windowValue } from "../../../policies/facts/window-value.ts";
import { entered, minutes, system } from "../lms-night.ts";

const count = 15;
const window = { from: entered, to: entered + minutes(count) };

/** A quarter of an hour in which every minute has `usual`, but for some. */
const measured = (
  name: string,
  usual: number,
  others: Readonly<Record<number, number | null>> = {},
  requests = 40,
) => {
  const threshold = system.thresholds.find((one) => one.name === name);
  if (threshold === undefined) throw new Error(name);
  const starts = Array.from({ length: count }, (_, index) => entered + minutes(index));
  return windowValue({
    threshold,
    points: starts.map((at, index) => ({
      at,
      value: others[index] === undefined ? usual : others[index],
    })),
    requests: new Map(starts.map((at) => [at, requests])),
    window,
    alarms: system.alarms,
  });
};

describe("S1-73, S1-74, S1-75: latency, CPU and memory by what two minutes in a row reached", () => {
  test.for(["p95-latency", "cpu", "memory"])("%s", (name) => {
    expect(measured(name, 10)).toEqual({ known: true, value: 10 });
    expect(measured(name, 10, { 7: 90 })).toEqual({ known: true, value: 10 });
    expect(measured(name, 10, { 7: 90, 8: 80 })).toEqual({ known: true, value: 80 });
    expect(measured(name, 10, { 13: 80, 14: 90 })).toEqual({ known: true, value: 80 });
  });
});

describe("S1-71, S1-72: shares by all requests of the window", () => {
  test("one bad minute of a quiet night counts by its requests", () =>
    expect(measured("error-rate", 0, { 7: 7.5 })).toEqual({ known: true, value: 0.5 }));
  test("1 % in every minute is 1 %, not a hair less", () =>
    expect(measured("error-rate", 1)).toEqual({ known: true, value: 1 }));
  test("two bad minutes in a row count in full, as they would have raised the alarm", () => {
    expect(measured("error-rate", 0, { 7: 5, 8: 3 })).toEqual({ known: true, value: 3 });
    expect(measured("error-rate", 0, { 7: 5, 9: 3 }).known).toBe(true);
    expect(measured("error-rate", 0, { 7: 5, 9: 3 })).toEqual({ known: true, value: 0.533333333 });
  });
  test("minutes with fewer than 20 requests raise no alarm", () =>
    expect(measured("error-rate", 0, { 7: 5, 8: 3 }, 19)).toEqual({
      known: true,
      value: 0.533333333,
    }));
});

describe("a window that says nothing", () => {
  const missing = (from: number, length: number) =>
    Object.fromEntries(Array.from({ length }, (_, index) => [from + index, null]));
  test("three minutes without a value are bridged, four are not, wherever they are", () => {
    for (const at of [0, 5]) {
      expect(measured("cpu", 10, missing(at, 3)).known).toBe(true);
      expect(measured("cpu", 10, missing(at, 4))).toEqual({
        known: false,
        reason: "Datadog has no value for it for 4 min",
      });
    }
    expect(measured("cpu", 10, missing(12, 3)).known).toBe(true);
    expect(measured("cpu", 10, missing(11, 4)).known).toBe(false);
  });
  test("no value at all", () =>
    expect(measured("cpu", 10, missing(0, count))).toEqual({
      known: false,
      reason: "Datadog has no value for it",
    }));
  test("no whole minute yet", () => {
    const [threshold] = system.thresholds;
    if (threshold === undefined) throw new Error("no threshold");
    const reading = windowValue({
      threshold,
      points: [],
      requests: new Map(),
      window: { from: entered + 1, to: entered + minutes(1) },
      alarms: system.alarms,
    });
    expect(reading).toEqual({ known: false, reason: "the window holds no whole minute yet" });
  });
});

test("a value that is no measurement comes through, so that it is refused", () => {
  expect(measured("error-rate", 0, { 3: -1 })).toEqual({ known: true, value: -1 });
  expect(measured("cpu", 10, { 3: Infinity })).toEqual({ known: true, value: Infinity });
});
