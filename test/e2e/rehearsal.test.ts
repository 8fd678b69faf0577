import { expect, test } from "vitest";
import { insideInterval } from "../../rehearsal/share-reading.ts";
import { ownRehearsal, rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedAtBaseline, rehearsedAtCanary, rehearsedOnSchema } from "./rehearsed-faults.ts";

// One file, so that they run one after the other: each needs the cores for its world, load and engine.

// 60: at this speed the canary's soak sees the requests on green that its gate asks for.
test(
  "S1-68, S1-78, S1-81: an undisturbed night completes, loses nothing, and traffic says so at each stage",
  async () => {
    const record = await ownRehearsal({ faults: [], speed: 60 });
    expect(record.outcome).toBe("completed");
    expect(record.rollback).toBeNull();
    expect(record.violations).toEqual([]);
    expect(record.requests).toMatchObject({ failed: 0, lost: 0 });
    expect(record.stages.map(({ stage }) => stage)).toEqual(["baseline", "canary", "half", "full"]);
    expect(record.shares.map(({ stage, set }) => [stage, set])).toEqual([
      ["baseline", 0],
      ["canary", 0.1],
      ["half", 0.5],
      ["full", 1],
    ]);
    for (const share of record.shares) expect(insideInterval(share), share.stage).toBe(true);
    // S1-6: past the first stage nothing is created, replaced or deleted.
    for (const { stage, operations } of record.stages.slice(1)) {
      expect(operations, stage).toMatchObject({ create: 0, update: 2, replace: 0, delete: 0 });
    }
  },
  rehearsalTimeout,
);

test.for(rehearsedAtBaseline)(
  "$fault at baseline ends refused, and green has no traffic",
  { timeout: rehearsalTimeout },
  async ({ fault, stands }) => {
    const record = await ownRehearsal({ faults: [`${fault}@baseline`], speed: 240 });
    expect(record.outcome).toBe("refused");
    expect(record.rollback).toBeNull();
    expect(record.stages.map(({ stage }) => stage)).toEqual(stands ? ["baseline"] : []);
    expect(record.faults.map(({ name }) => name)).toEqual([fault]);
    // Whatever becomes of green, no request goes there; only weights edited by hand send some.
    for (const { green, at } of greenPoints(record.series)) {
      expect(fault === "weights-edited" || green === 0, new Date(at).toISOString()).toBe(true);
    }
  },
);

test.for(rehearsedOnSchema)(
  "S1-55, S1-58: $fault at baseline ends refused by $gate, and green has no traffic",
  { timeout: rehearsalTimeout },
  async ({ fault, gate }) => {
    const record = await ownRehearsal({ faults: [`${fault}@baseline`], speed: 240 });
    expect(record.outcome).toBe("refused");
    expect(record.violations.map(({ policy }) => policy)).toEqual([gate]);
    expect(greenPoints(record.series).filter(({ green }) => green > 0)).toEqual([]);
  },
);

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
    expect(rollback?.budgetMilliseconds).toBe(60_000);
    expect(rollback?.restoredMilliseconds).toBeLessThanOrEqual(60_000);
    expect(rollback?.restoredMilliseconds).toBeGreaterThan(0);
    // What is seen last is blue alone, and it is well.
    expect(record.shares.at(-1)).toMatchObject({ stage: "baseline", seen: 0 });
  },
);

const greenPoints = ({
  at,
  green,
}: {
  readonly at: readonly number[];
  readonly green: readonly number[];
}): readonly { readonly at: number; readonly green: number }[] =>
  at.map((instant, index) => ({ at: instant, green: green[index] ?? 0 }));
