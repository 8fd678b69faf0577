import { describe, expect, test } from "vitest";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { liveHealth } from "../../../policies/rules/live-health.ts";
import { intelliflow } from "../../definition/plans/intelliflow.ts";
import { goodFacts, messageOf, move, night, outcome, without } from "../lms-night.ts";
import { planNight, withFacts } from "../plan-night.ts";

const canary = move("canary", "half");
const first = move("baseline", "canary");
const values = goodFacts(canary).greenValues;

test("a green that kept everything may take more", () =>
  expect(outcome(liveHealth, night(canary))).toBe("passed"));

describe("S1-71, S1-72, S1-73, S1-74, S1-75: a breach on green refuses a step up", () => {
  test.for([
    ["error-rate", 1],
    ["failed-requests", 0.5],
    ["p95-latency", 500],
    ["cpu", 70],
    ["memory", 80],
  ] as const)("%s at %d", ([name, limit]) => {
    const at = (value: number) =>
      night(canary, { greenValues: { ...values, [name]: known(value) } });
    expect(outcome(liveHealth, at(limit))).toBe("refused");
    expect(outcome(liveHealth, at(limit - 0.01))).toBe("passed");
    expect(outcome(liveHealth, at(NaN))).toBe("refused");
    expect(outcome(liveHealth, at(-1))).toBe("refused");
  });
});

test("S1-71: the message says the value, the limit and the window", () => {
  const greenValues = { ...values, "error-rate": known(1.2) };
  expect(messageOf(liveHealth.judge(night(canary, { greenValues })))).toBe(
    "refused: Error rate on green is 1.2 %, limit below 1 % (from 22:41:00 UTC to 22:56:00 UTC).",
  );
});

test("S1-69: fewer green requests than the stage asks for refuse", () => {
  const judged = (green: number) => night(canary, { watchedRequests: { blue: 5_400, green } });
  expect(outcome(liveHealth, judged(600))).toBe("passed");
  expect(messageOf(liveHealth.judge(judged(599)))).toContain(
    "green answered 599 of the 600 requests needed",
  );
  expect(outcome(liveHealth, judged(NaN))).toBe("refused");
});

test("a threshold without a value refuses while green has traffic", () => {
  const greenValues = { ...values, cpu: unknown("Datadog has no value for it") };
  expect(outcome(liveHealth, night(canary, { greenValues }))).toBe("refused");
});

describe("before green has traffic", () => {
  test("answers say nothing, and are not judged", () => {
    const greenValues = { ...values, "error-rate": known(100), "p95-latency": known(9_000) };
    const watchedRequests = { blue: 6_000, green: 0 };
    expect(outcome(liveHealth, night(first, { greenValues, watchedRequests }))).toBe("passed");
  });
  test("CPU and memory are judged where there are values", () => {
    const judged = (cpu: ReturnType<typeof known<number>> | ReturnType<typeof unknown>) =>
      outcome(liveHealth, night(first, { greenValues: { ...values, cpu } }));
    expect(judged(unknown("Datadog has no value for it"))).toBe("passed");
    expect(judged(known(69.9))).toBe("passed");
    expect(judged(known(70))).toBe("refused");
    expect(judged(known(NaN))).toBe("refused");
  });
});

test.for(["now", "greenValues", "watchedRequests"] as const)("refuses without %s", (name) =>
  expect(outcome(liveHealth, without(night(canary), name))).toBe("refused"),
);

describe("S0-158, S0-207: a plan that names its stages is watched there without any weight", () => {
  const of = planNight(intelliflow, ["verified", "business-verified"], 60_000);
  const named = of.definition.thresholds.filter(({ at }) => at?.includes("verified") === true);
  const judged = (value: number | undefined) =>
    withFacts(of, {
      greenValues: Object.fromEntries(
        named.flatMap(({ name }) => (value === undefined ? [] : [[name, known(value)]])),
      ),
      watchedRequests: { blue: 0, green: 0 },
    });
  test("figures within their limits pass", () =>
    expect(outcome(liveHealth, judged(0))).toBe("passed"));
  test("figures beyond them refuse, and so do missing ones", () => {
    expect(outcome(liveHealth, judged(99_999))).toBe("refused");
    expect(outcome(liveHealth, judged(undefined))).toBe("refused");
  });
  test("stages that they do not name ask for none", () => {
    const before = planNight(intelliflow, ["frozen", "synced"], 60_000);
    const silent = { greenValues: {}, watchedRequests: { blue: 0, green: 0 } };
    expect(outcome(liveHealth, withFacts(before, silent))).toBe("passed");
  });
});
