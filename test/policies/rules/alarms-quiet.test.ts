import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { alarmsQuiet } from "../../../policies/rules/alarms-quiet.ts";
import { goodFacts, messageOf, move, night, outcome, system, without } from "../lms-night.ts";

const canary = move("canary", "half");
const first = move("baseline", "canary");
const quiet = goodFacts(canary).alarmStates;
const judged = (of: typeof canary, cpu: (typeof quiet)[string] | undefined) => {
  const { cpu: _, ...others } = quiet;
  return alarmsQuiet.judge(
    night(of, { alarmStates: cpu === undefined ? others : { ...others, cpu } }),
  );
};

describe("S1-76: each threshold's alarm is there and quiet", () => {
  test.for([
    ["OK", "passed", "passed"],
    ["Alert", "refused", "refused"],
    ["Warn", "refused", "refused"],
    ["No Data", "refused", "passed"],
    ["Unknown", "refused", "refused"],
    ["Skipped", "refused", "refused"],
    ["Ignored", "refused", "refused"],
    ["", "refused", "refused"],
  ] as const)("%s: %s with traffic, %s without", ([state, withTraffic, withoutTraffic]) => {
    expect(judged(canary, known(state)).outcome).toBe(withTraffic);
    expect(judged(first, known(state)).outcome).toBe(withoutTraffic);
  });
  test("an alarm that is missing or cannot be read refuses, with and without traffic", () => {
    for (const of of [canary, first]) {
      expect(messageOf(judged(of, undefined))).toBe(
        "refused: alarm on CPU utilisation does not exist.",
      );
      expect(messageOf(judged(of, unknown("Datadog did not answer within 5 s")))).toBe(
        "refused: alarm on CPU utilisation cannot be read: Datadog did not answer within 5 s.",
      );
    }
  });
});

test("an alarm without data is fine at a stage at which the plan does not watch its threshold", () => {
  const judgedAt = (at: readonly string[]) => {
    const thresholds = system.thresholds.map((each) =>
      each.name === "cpu" ? { ...each, at } : each,
    );
    const alarmStates = { ...quiet, cpu: known("No Data") };
    const judged = night(canary, { alarmStates });
    return alarmsQuiet.judge({ ...judged, definition: { ...system, thresholds } }).outcome;
  };
  expect(judgedAt(["canary", "half"])).toBe("refused");
  expect(judgedAt(["half", "full"])).toBe("passed");
});

test("S1-77: alarms that say the same are named together", () => {
  const alarmStates = { ...quiet, cpu: known("Alert"), memory: known("Alert") };
  expect(messageOf(alarmsQuiet.judge(night(canary, { alarmStates })))).toBe(
    "refused: alarm on CPU utilisation, Memory utilisation says Alert.",
  );
});

test("a threshold that names its stages may have nothing to measure at the others, with traffic or without", () => {
  const { definition } = night(canary);
  const at = (stages: readonly string[]) => ({
    ...night(canary, { alarmStates: { ...quiet, cpu: known("No Data") } }),
    definition: {
      ...definition,
      thresholds: definition.thresholds.map((each) =>
        each.name === "cpu" ? { ...each, at: stages } : each,
      ),
    },
  });
  expect(outcome(alarmsQuiet, at(["half", "full"]))).toBe("passed");
  expect(outcome(alarmsQuiet, at(["canary"]))).toBe("refused");
});

test("refuses when nobody knows the alarms", () =>
  expect(outcome(alarmsQuiet, without(night(canary), "alarmStates"))).toBe("refused"));
