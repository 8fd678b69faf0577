import { describe, expect, test } from "vitest";
import { allRules } from "../../../policies/all-rules.ts";
import { faultsOf } from "../../../rehearsal/scenarios/catalogue.ts";
import type { Fault } from "../../../rehearsal/scenarios/fault.ts";
import { plannedFaults } from "../../../rehearsal/scenarios/planned-faults.ts";
import { promQl } from "../../../definition/figure.ts";
import type { SystemDefinition } from "../../../definition/system.ts";
import { limitOf } from "../../../definition/thresholds.ts";
import { lms } from "../../../stacks/lms.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { supabase } from "../../../stacks/supabase.ts";
import { shop } from "./shop.ts";

const named = (system: SystemDefinition, name: string): Fault => {
  const fault = faultsOf(system).find((each) => each.name === name);
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault;
};

describe.each([
  ["one database, requests counted by a mesh", lms],
  ["two stores, requests counted by traces", shop],
] as const)("every fault of a system with %s", (_, system) => {
  const meant = faultsOf(system).filter(({ stages }) => stages.length > 0);

  test("has a name of its own", () => {
    const names = faultsOf(system).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.for(meant.map((fault) => [fault.name, fault] as const))(
    "%s says what must happen",
    ([, { sentence, stages, expects, disturbances }]) => {
      expect(sentence).toMatch(/\.$/);
      expect(expects.because).toMatch(/\.$/);
      const names = system.ladder.map(({ name }) => name);
      for (const stage of stages) expect(names).toContain(stage);
      const { outcome, refusedBy, triggeredBy, updateFails, comesAgain } = expects;
      // An expectation that anything meets would not be one.
      if (outcome === "refused") expect(refusedBy !== undefined || updateFails === true).toBe(true);
      if (outcome === "rolled-back") expect(triggeredBy).not.toHaveLength(0);
      if (outcome === "completed") {
        const isRetried = disturbances.some(({ kind }) => kind === "api throttled");
        expect(updateFails === true || isRetried || comesAgain === true).toBe(true);
      }
    },
  );

  test("names rules that exist, and thresholds that the system has", () => {
    const rules = allRules.map(({ name }) => name);
    const thresholds = system.thresholds.map(({ name }) => name);
    for (const { name, expects, disturbances } of meant) {
      for (const rule of expects.refusedBy ?? []) expect(rules, name).toContain(rule);
      for (const threshold of expects.triggeredBy ?? [])
        expect(thresholds, name).toContain(threshold);
      for (const disturbance of disturbances) {
        if (disturbance.kind === "alarm") expect(thresholds, name).toContain(disturbance.threshold);
      }
    }
  });
});

test("every system has the same names, with or without stages", () =>
  expect(faultsOf(shop).map(({ name }) => name)).toEqual(faultsOf(lms).map(({ name }) => name)));

describe("what is injected goes above the system's own limits", () => {
  test.for([
    ["error-spike", lms, { errorShare: 0.05 }],
    ["error-spike", shop, { errorShare: 0.2 }],
    ["slow-green", lms, { extraLatencyMilliseconds: 600 }],
    ["slow-green", shop, { extraLatencyMilliseconds: 2_400 }],
    ["cpu-saturation", lms, { extraCpuPercent: 80 }],
    ["memory-growth", lms, { memoryGrowthPercentPerMinute: 6, memoryCeilingPercent: 90 }],
    ["checkout-failures", shop, { failingRequests: { checkout: 0.05 } }],
    ["payment-error", shop, { paymentErrorShare: 0.05 }],
  ] as const)("%s", ([name, system, change]) => {
    expect(named(system, name).disturbances).toEqual([{ kind: "pods", side: "green", change }]);
  });
});

describe("how a fault must end follows from what the plan orders", () => {
  test.for([
    ["slow-green", lms, "refused", ["canary", "half"]],
    ["slow-green", shop, "rolled-back", ["canary", "half"]],
    ["green-crash-loop", lms, "rolled-back", ["canary", "half", "full"]],
    ["green-crash-loop", shop, "refused", ["canary", "half"]],
    ["checkout-failures", shop, "rolled-back", ["canary", "half"]],
    ["payment-error", shop, "rolled-back", ["canary", "half"]],
    ["data-mismatch", shop, "rolled-back", ["canary", "half"]],
    ["final-sync-slow", shop, "refused", ["canary"]],
    ["final-sync-mismatch", shop, "refused", ["canary"]],
    ["sync-stalled", shop, "refused", ["canary"]],
    ["sync-misses-changes", shop, "rolled-back", ["canary", "half"]],
    ["api-throttled", shop, "completed", ["canary", "half", "full"]],
    ["targets-unhealthy", shop, "refused", ["canary", "half"]],
    ["clients-stick", shop, "refused", ["baseline", "canary", "half"]],
    ["ttl-put-back", rawdog, "refused", ["ttl-lowered", "canary", "half", "full", "retained"]],
    ["alarm-silent", lms, "refused", ["canary", "half"]],
    ["schema-behind", lms, "refused", ["baseline"]],
    ["migration-breaks-blue", lms, "refused", ["baseline"]],
    ["schema-behind", shop, "refused", ["baseline"]],
    ["migration-breaks-blue", shop, "refused", []],
    ["channels-down", lms, "rolled-back", ["canary", "half", "full"]],
  ] as const)("%s", ([name, system, outcome, stages]) => {
    const fault = named(system, name);
    expect(fault.expects.outcome).toBe(outcome);
    expect(fault.stages).toEqual(stages);
  });

  test("where no row that differs orders the way back, one that was missed holds the next step", () => {
    const { dataChecks = [], ladder, thresholds } = shop;
    const mismatches = { name: "mismatches", query: "max:sync.mismatches{service:shop-sync}" };
    const missed = named(
      {
        ...shop,
        thresholds: thresholds.filter(({ name }) => name !== "data-mismatches"),
        dataChecks: dataChecks.map((check) => ({ ...check, ...mismatches })),
        ladder: ladder.map((stage) =>
          stage.name === "canary"
            ? { ...stage, leave: { ...stage.leave, data: ["mismatches"] } }
            : stage,
        ),
      },
      "sync-misses-changes",
    );
    expect(missed.stages).toEqual(["canary"]);
    expect(missed.expects).toMatchObject({ outcome: "refused", refusedBy: ["data-in-step"] });
  });

  test("what another source tells of the data goes above its limit, where a stage waits for it", () => {
    const query = promQl("sum(rows_missing)");
    const { dataChecks = [] } = shop;
    const breached = named(
      { ...shop, dataChecks: dataChecks.map((check) => ({ ...check, query })) },
      "figure-breached",
    );
    const limits = dataChecks.map((check) => limitOf(check).value);
    expect(breached.stages.length).toBeGreaterThan(0);
    for (const disturbance of breached.disturbances) {
      expect(disturbance).toMatchObject({ kind: "figure", figure: query });
      if (disturbance.kind === "figure") {
        expect(disturbance.value).toBeGreaterThan(Math.min(...limits));
      }
    }
  });

  test("so does a Datadog metric of the plan's own, of which no part of a rehearsal knows", () => {
    const query = "max:queue.lag{queue:orders}";
    const { dataChecks = [] } = shop;
    const breached = named(
      { ...shop, dataChecks: dataChecks.map((check) => ({ ...check, query })) },
      "figure-breached",
    );
    expect(breached.stages.length).toBeGreaterThan(0);
    expect(breached.disturbances).toHaveLength(dataChecks.length);
    expect(breached.disturbances[0]).toMatchObject({ kind: "metric", query });
  });

  test("who goes back by hand comes up again where the window has the time, and is refused where it has none", () => {
    const turned = named(rawdog, "operator-turns-back");
    expect(turned.stages).toEqual(["canary"]);
    expect(turned.expects).toMatchObject({ outcome: "completed", comesAgain: true });
    // Six hours must be left of its twelve, and copying again takes four.
    expect(named(supabase, "operator-turns-back").expects).toMatchObject({
      outcome: "refused",
      refusedBy: ["change-window"],
    });
  });

  test("a limit on one kind of call may be breached before the one on all of them", () => {
    const { triggeredBy } = named(shop, "error-spike").expects;
    expect(triggeredBy).toContain("error-rate");
    expect(triggeredBy).toContain("checkout-failures");
  });

  test("a system has no fault of what it lacks", () => {
    const lacks = (system: SystemDefinition) =>
      faultsOf(system)
        .filter(({ stages }) => stages.length === 0)
        .map(({ name }) => name)
        .toSorted();
    expect(lacks(lms)).toEqual([
      "api-throttled",
      "checkout-failures",
      "clients-stick",
      "data-mismatch",
      "figure-breached",
      "final-sync-mismatch",
      "final-sync-slow",
      "payment-error",
      "sync-misses-changes",
      "sync-stalled",
      "targets-unhealthy",
      "ttl-put-back",
    ]);
    expect(lacks(shop)).toEqual([
      "cpu-saturation",
      "database-lost",
      "figure-breached",
      "memory-growth",
      "migration-breaks-blue",
      "ttl-put-back",
    ]);
  });

  test("an alarm that orders the way back is not the one that only fires", () => {
    const firing = (system: SystemDefinition) => named(system, "alarm-firing").disturbances;
    expect(firing(lms)).toEqual([{ kind: "alarm", threshold: "p95-latency", state: "Alert" }]);
    expect(firing(shop)).toEqual([{ kind: "alarm", threshold: "p95-warning", state: "Alert" }]);
  });
});

describe("a fault as a person writes it", () => {
  test("is found by name and stage", () => {
    const [planned] = plannedFaults(lms, ["error-spike@canary"]);
    expect(planned?.fault.name).toBe("error-spike");
    expect(planned?.stage).toBe("canary");
  });

  test.for([
    ["error-spike", /--fault is "error-spike", expected error-spike@canary/],
    ["error-spike@baseline", /expected error-spike@canary, error-spike@half, error-spike@full/],
    ["nonsense@canary", /expected NAME@STAGE with one of error-spike/],
    ["sync-stalled@canary", /expected NAME@STAGE with one of error-spike/],
    ["error-spike@canary@half", /expected NAME@STAGE/],
    ["", /expected NAME@STAGE/],
  ] as const)("%s is refused in one line that says what is right", ([written, message]) => {
    expect(() => plannedFaults(lms, [written])).toThrow(message);
  });
});
