import { expect, test } from "vitest";
import { insideInterval } from "../../rehearsal/share-reading.ts";
import { ownRehearsal, rehearsalTimeout, type RehearsedSystem } from "./own-rehearsal.ts";

// 120: about as fast as its longest stage, the one with the fewest requests on green, lets the others pass.
const speed = 120;

const moves = ["shift-10", "shift-25", "shift-50", "shift-75", "shift-100"];

const supabase: RehearsedSystem = {
  name: "supabase",
  touches: (stage) => [
    "supabase-cutover",
    ...(moves.includes(stage) ? ["supabase-split-balancer"] : []),
    // What copies between the stores is stopped.
    ...(stage === "retire" ? ["supabase-sync-deployment"] : []),
  ],
};

test(
  "S3-2, S3-3, S3-4, S3-7, S3-18: Firestore to Supabase completes in five steps: no request fails, no write is lost or doubled, and writes alone stop, for minutes at most",
  async () => {
    const record = await ownRehearsal({ system: supabase, faults: [], speed });
    expect(record.outcome).toBe("completed");
    expect(record.rollback).toBeNull();
    expect(record.violations).toEqual([]);
    expect(record.requests).toMatchObject({ failed: 0, lost: 0 });
    expect(record.stages.map(({ stage }) => stage)).toEqual([
      ...["prepare", "migrate", ...moves],
      ...["verify", "watch", "retire"],
    ]);
    const reached = record.shares.filter(({ stage }) => moves.includes(stage));
    expect(reached.map(({ set }) => set)).toEqual([0.1, 0.25, 0.5, 0.75, 1]);
    for (const share of record.shares) expect(insideInterval(share), share.stage).toBe(true);
    expect(record.data).toMatchObject({ missing: 0, doubled: 0, differing: 0 });
    expect(record.data?.acknowledged).toBeGreaterThan(0);
    expect(record.freeze?.budgetMilliseconds).toBe(300_000);
    expect(record.freeze?.milliseconds).toBeGreaterThan(0);
    expect(record.freeze?.milliseconds).toBeLessThan(300_000);
  },
  rehearsalTimeout,
);

test(
  "S3-2, S3-5, S3-22, S3-61: errors on Supabase lead back to Firestore within a minute, and what was written on Supabase is there",
  async () => {
    const record = await ownRehearsal({
      system: supabase,
      faults: ["error-spike@shift-10"],
      speed,
    });
    expect(record.outcome).toBe("rolled-back");
    const { rollback, stages, shares, data } = record;
    expect(rollback?.trigger).toBe("error-rate");
    expect(rollback?.budgetMilliseconds).toBe(60_000);
    expect(rollback?.restoredMilliseconds).toBeLessThanOrEqual(60_000);
    // Requests of every kind, writes among them, had gone to Supabase; now none does.
    expect(stages.at(-1)).toMatchObject({ stage: "shift-10" });
    expect(stages.at(-1)?.observed.share.green).toBeGreaterThan(0.05);
    expect(shares.at(-1)).toMatchObject({ stage: "migrate", seen: 0 });
    expect(data).toMatchObject({ missing: 0, doubled: 0, differing: 0 });
    expect(data?.acknowledged).toBeGreaterThan(0);
  },
  rehearsalTimeout,
);
