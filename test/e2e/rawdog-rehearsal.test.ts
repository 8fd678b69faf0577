import { expect, test } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { insideInterval } from "../../rehearsal/share-reading.ts";
import { ownRehearsal, rehearsalTimeout, type RehearsedSystem } from "./own-rehearsal.ts";

/** Its figures about data may be five minutes old at the most: five seconds of the wall. */
const speed = 60;

const touched: Readonly<Record<string, string>> = {
  "ttl-lowered": "rawdog-names-www.rawdog.example",
  canary: "rawdog-split-route",
  half: "rawdog-split-route",
  full: "rawdog-split-route",
  // What copies between the stores is stopped.
  retained: "rawdog-sync-deployment",
};

const rawdog: RehearsedSystem = {
  name: "rawdog",
  touches: (stage) => ["rawdog-cutover", ...(touched[stage] === undefined ? [] : [touched[stage]])],
};

/** No write that a client was told of is lost, doubled or other than it was. */
const expectWhole = ({ data }: RehearsalRecord): void => {
  expect(data).toMatchObject({ missing: 0, doubled: 0, differing: 0 });
  expect(data?.acknowledged).toBeGreaterThan(500);
};

test(
  "S4-2, S4-3, S4-52, S4-53, S4-54, S4-55, S4-56: RAWDOG from its first stage to its last: writes are frozen for less than a minute, inside of the move to 10 %, and nothing fails or is lost",
  async () => {
    const record = await ownRehearsal({ system: rawdog, faults: [], speed });
    expect(record.outcome).toBe("completed");
    expect(record.violations).toEqual([]);
    expect(record.requests).toMatchObject({ failed: 0, lost: 0 });
    expect(record.stages.map(({ stage }) => stage)).toEqual([
      ...["prepare", "ttl-lowered", "canary", "half", "full"],
      ...["retained", "retired"],
    ]);
    for (const share of record.shares) expect(insideInterval(share), share.stage).toBe(true);
    expectWhole(record);
    expect(record.freeze?.budgetMilliseconds).toBe(60_000);
    expect(record.freeze?.milliseconds).toBeGreaterThan(0);
    expect(record.freeze?.milliseconds).toBeLessThan(60_000);
  },
  rehearsalTimeout,
);

test(
  "S4-54: a final sync that finds a row that differs gives the freeze back, and no traffic moves",
  async () => {
    const record = await ownRehearsal({
      ...{ system: rawdog, speed },
      faults: ["final-sync-mismatch@canary"],
    });
    expect(record.outcome).toBe("refused");
    expect(record.stages.map(({ stage }) => stage)).toEqual(["prepare", "ttl-lowered"]);
    expect(record.series.green.every((perSecond) => perSecond === 0)).toBe(true);
    expectWhole(record);
  },
  rehearsalTimeout,
);

test(
  "S4-7, S4-47, S4-59: killed inside of each move to 10 %, back by hand between them, so that the final sync is made twice; a row that differs then orders the way back, within two minutes and without a lost write",
  async () => {
    // Each killed process had already written what the gates judge: the traffic was left to the second one.
    const touches = (stage: string): readonly string[] =>
      stage === "canary" ? ["rawdog-split-route"] : rawdog.touches(stage);
    const record = await ownRehearsal({
      ...{ system: { ...rawdog, touches }, speed },
      faults: ["killed-update@canary", "operator-turns-back@canary", "data-mismatch@half"],
    });
    expect(record.outcome).toBe("rolled-back");
    expect(record.stages.map(({ stage }) => stage)).toEqual([
      ...["prepare", "ttl-lowered"],
      ...["canary", "canary", "half"],
    ]);
    const { rollback } = record;
    expect(rollback?.trigger).toBe("data-mismatches");
    expect(rollback?.budgetMilliseconds).toBe(120_000);
    expect(rollback?.restoredMilliseconds).toBeLessThanOrEqual(120_000);
    // What is seen last is the old system alone, and it is well.
    expect(record.shares.at(-1)).toMatchObject({ seen: 0 });
    // Orders were taken by both sides meanwhile.
    expect(record.stages.at(-1)?.observed.share.green).toBeGreaterThan(0);
    expectWhole(record);
    expect(record.freeze?.milliseconds).toBeLessThan(60_000);
  },
  rehearsalTimeout,
);
