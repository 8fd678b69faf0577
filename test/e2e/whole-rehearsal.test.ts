import { expect, test } from "vitest";
import { insideInterval } from "../../rehearsal/share-reading.ts";
import { ownRehearsal, rehearsalTimeout } from "./own-rehearsal.ts";

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
