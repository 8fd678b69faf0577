import { describe, expect, test } from "vitest";
import { allRules } from "../../../policies/all-rules.ts";
import { faults } from "../../../rehearsal/scenarios/catalogue.ts";
import { plannedFaults } from "../../../rehearsal/scenarios/planned-faults.ts";
import { lms } from "../../../stacks/lms.ts";

describe("every fault", () => {
  test("has a name of its own", () => {
    const names = faults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.for(faults.map((fault) => [fault.name, fault] as const))(
    "%s says what must happen",
    ([, fault]) => {
      expect(fault.sentence).toMatch(/\.$/);
      expect(fault.expects.because).toMatch(/\.$/);
      expect(fault.stages(lms).length).toBeGreaterThan(0);
      const { outcome, refusedBy, triggeredBy, updateFails } = fault.expects;
      // An expectation that anything meets would not be one.
      if (outcome === "refused") expect(refusedBy !== undefined || updateFails === true).toBe(true);
      if (outcome === "rolled-back") expect(triggeredBy).toBeDefined();
      if (outcome === "completed") expect(updateFails).toBe(true);
    },
  );

  test("names rules and thresholds that exist", () => {
    const rules = allRules.map(({ name }) => name);
    const thresholds = lms.thresholds.map(({ name }) => name);
    for (const { name, expects, disturbances } of faults) {
      for (const rule of expects.refusedBy ?? []) expect(rules, name).toContain(rule);
      for (const threshold of expects.triggeredBy ?? [])
        expect(thresholds, name).toContain(threshold);
      for (const disturbance of disturbances) {
        if (disturbance.kind === "alarm") expect(thresholds, name).toContain(disturbance.threshold);
      }
    }
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
    ["error-spike@canary@half", /expected NAME@STAGE/],
    ["", /expected NAME@STAGE/],
  ] as const)("%s is refused in one line that says what is right", ([written, message]) => {
    expect(() => plannedFaults(lms, [written])).toThrow(message);
  });
});
