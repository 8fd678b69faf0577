import { expect, test } from "vitest";
import { ownRehearsal, rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedAtCanary } from "./rehearsed-faults.ts";

test.for(rehearsedAtCanary)(
  "S1-3: $fault at canary ends $outcome",
  { timeout: rehearsalTimeout },
  async ({ fault, outcome }) => {
    const record = await ownRehearsal({ faults: [`${fault}@canary`], speed: 120 });
    expect(record.outcome).toBe(outcome);
    expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary"]);
    expect(record.faults.map(({ name }) => name)).toEqual([fault]);
    const { rollback } = record;
    if (outcome === "refused") {
      expect(rollback).toBeNull();
      return;
    }
    expect(rollback?.restoredMilliseconds).toBeLessThanOrEqual(rollback?.budgetMilliseconds ?? 0);
    expect(rollback?.restoredMilliseconds).toBeGreaterThan(0);
    // What is seen last is blue alone, and it is well.
    expect(record.shares.at(-1)).toMatchObject({ stage: "baseline", seen: 0 });
  },
);
