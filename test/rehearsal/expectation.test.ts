import { describe, expect, test } from "vitest";
import { expectation, type Happened } from "../../rehearsal/expectation.ts";
import { faultsOf } from "../../rehearsal/scenarios/catalogue.ts";
import type { PlannedFault } from "../../rehearsal/scenarios/fault.ts";
import { lms } from "../../stacks/lms.ts";

const undisturbed: Happened = {
  outcome: "completed",
  rollback: null,
  data: null,
  freeze: null,
  downtime: { milliseconds: 0, budgetMilliseconds: null },
  messages: { delivered: 0, undelivered: 0 },
  requests: { sent: 10, ok: 10, failed: 0, lost: 0, maintenance: 0 },
  violations: [],
  stages: [],
  updateFailed: false,
  failure: undefined,
  misrouted: [],
};

const planned = (name: string): PlannedFault => {
  const fault = faultsOf(lms).find((known) => known.name === name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return { fault, stage: "canary" };
};

const rolledBack: Happened = {
  ...undisturbed,
  outcome: "rolled-back",
  requests: { sent: 10, ok: 8, failed: 2, lost: 0, maintenance: 0 },
  rollback: {
    trigger: "error-rate",
    detectedMilliseconds: 90_000,
    restoredMilliseconds: 2_000,
    budgetMilliseconds: 60_000,
    parts: { decide: 100, gates: 1_800, apply: 50, effective: 50, healthy: 0 },
  },
};

test("whoever turns back must have come up again", () => {
  const reached = (...stages: readonly string[]): Happened => ({
    ...undisturbed,
    stages: stages.map((stage) => ({
      stage,
      posture: {},
      operations: { create: 0, update: 2, replace: 0, delete: 0, same: 0 },
      changed: [],
      milliseconds: 0,
      observed: { requests: 0, failed: 0, share: { blue: 0, green: 0 }, p95Milliseconds: 0 },
    })),
  });
  const turned = [planned("operator-turns-back")];
  expect(expectation(turned, reached("canary", "half")).differences).toEqual([
    "No stage was reached for a second time.",
  ]);
  expect(expectation(turned, reached("canary", "canary", "half")).met).toBe(true);
});

describe("without a fault", () => {
  test("an update that failed twice is quoted", () => {
    const failure = "the API server answered 500.";
    const { differences } = expectation([], {
      ...undisturbed,
      outcome: "refused",
      updateFailed: true,
      failure,
    });
    expect(differences).toEqual([
      `It ended refused, and should have ended completed. The last update failed: ${failure}`,
    ]);
  });

  test("completing with every request answered is as expected", () => {
    expect(expectation([], undisturbed)).toEqual({
      outcome: "completed",
      met: true,
      differences: [],
    });
  });

  test.for([
    ["a failed request", { requests: { sent: 10, ok: 9, failed: 1, lost: 0, maintenance: 0 } }],
    ["a lost request", { requests: { sent: 10, ok: 9, failed: 0, lost: 1, maintenance: 0 } }],
    ["a request without an account", { requests: { ...undisturbed.requests, sent: 11 } }],
    ["a share that is not the weight", { misrouted: ["canary"] }],
    [
      "a write that is missing",
      { data: { acknowledged: 3, missing: 1, doubled: 0, differing: 0, reconciled: 0 } },
    ],
    [
      "a write that is doubled",
      { data: { acknowledged: 3, missing: 0, doubled: 1, differing: 0, reconciled: 0 } },
    ],
    [
      "S4-2: a freeze as long as the plan's limit",
      { freeze: { milliseconds: 60_000, budgetMilliseconds: 60_000 } },
    ],
    [
      "S4-2: a downtime as long as the plan's limit",
      { downtime: { milliseconds: 60_000, budgetMilliseconds: 60_000 } },
    ],
    [
      "a row that differs",
      { data: { acknowledged: 3, missing: 0, doubled: 0, differing: 1, reconciled: 0 } },
    ],
    ["a refusal", { outcome: "refused" as const }],
  ] as const)("%s is not", ([, change]) => {
    expect(expectation([], { ...undisturbed, ...change }).met).toBe(false);
  });
});

test("a downtime is told and no difference where the plan sets no limit", () => {
  const downtime = { milliseconds: 3_600_000, budgetMilliseconds: null };
  expect(expectation([], { ...undisturbed, downtime }).met).toBe(true);
});

describe("with a fault", () => {
  test("a write that somebody was told of may still not be lost", () => {
    const data = { acknowledged: 40, missing: 2, doubled: 0, differing: 0, reconciled: 0 };
    expect(expectation([planned("error-spike")], { ...rolledBack, data }).differences).toEqual([
      "2 of 40 acknowledged writes are missing in one of the stores.",
    ]);
  });

  test("S1-71: an error spike must roll back, by an alarm that orders it", () => {
    expect(expectation([planned("error-spike")], rolledBack).met).toBe(true);
    expect(expectation([planned("error-spike")], undisturbed).differences).toEqual([
      "It ended completed, and should have ended rolled-back.",
      "None of error-rate, failed-requests triggered a rollback.",
    ]);
  });

  test("S1-3: a rollback over its budget is a difference", () => {
    const { rollback } = rolledBack;
    if (rollback === null) throw new Error("it rolled back");
    const slow = { ...rolledBack, rollback: { ...rollback, restoredMilliseconds: 60_001 } };
    expect(expectation([planned("error-spike")], slow).met).toBe(false);
  });

  test("a refusal by another rule than declared is a difference", () => {
    const refused: Happened = {
      ...undisturbed,
      outcome: "refused",
      violations: [{ policy: "soak", system: "lms", message: "refused: too early." }],
    };
    expect(expectation([planned("slow-green")], refused).met).toBe(false);
  });

  test("messages that should have been held up and were not are a difference", () => {
    const fault = planned("channels-down");
    expect(expectation([fault], rolledBack).differences).toEqual([
      "No message to people was held up.",
    ]);
    const messages = { delivered: 0, undelivered: 2 };
    expect(expectation([fault], { ...rolledBack, messages }).met).toBe(true);
  });

  test("an update that should have failed and did not is a difference", () => {
    expect(expectation([planned("provider-error")], undisturbed).met).toBe(false);
    expect(
      expectation([planned("provider-error")], { ...undisturbed, updateFailed: true }).met,
    ).toBe(true);
  });

  test("of several faults the one with the most severe outcome decides", () => {
    const both = [planned("slow-green"), planned("error-spike")];
    expect(expectation(both, rolledBack).outcome).toBe("rolled-back");
  });

  test("no fault excuses a lost request", () => {
    const lost = {
      ...rolledBack,
      requests: { sent: 10, ok: 7, failed: 2, lost: 1, maintenance: 0 },
    };
    expect(expectation([planned("error-spike")], lost).met).toBe(false);
  });
});
