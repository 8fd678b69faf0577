import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type * as stack from "../../stacks/lms.ts";
import type { Interruption } from "../../rehearsal/providers/interruptions.ts";
import { changed, complaints, LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

// In this process, and by the preload in every one that is started from here, the Leave Management System is the one that
// Route 53 splits.
vi.mock("../../stacks/lms.ts", async (original) => {
  const { lms } = await original<typeof stack>();
  const { withRecords } = await import("../route53/with-records.ts");
  return { lms: withRecords(lms) };
});
const preload = new URL("../route53/preload.mjs", import.meta.url).href;

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.start(undefined, { NODE_OPTIONS: `--import=${preload}` });
  await cutover.reach("baseline");
});
afterAll(() => cutover.stop());

// Each test goes on where the one before it stopped: it is one night.

/** What happens to the next writes of records, in their order; undefined lets one through. */
const nextWrites = (...interruptions: readonly (Interruption | undefined)[]): void => {
  for (const interruption of interruptions) {
    const one = interruption ?? { delayMilliseconds: 0 };
    cutover.world.disturb({ kind: "write", interruption: one });
  }
};

const bothRecords = ["update lms-cutover", "update lms-split-blue", "update lms-split-green"];

test("blue is all that clients are told of at first", async () => {
  expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
});

test("a step up writes both records, and is seen by clients behind their resolvers", async () => {
  await cutover.soakUntilOpen("canary");
  expect(changed(await cutover.reach("canary"))).toEqual(bothRecords);
  expect(cutover.green()).toBe(10);
  expect(await cutover.moves()).toEqual(["baseline", "canary"]);
  // As long as the slowest cache holds what it was told before.
  await cutover.carry(60_000);
  const { blue, green } = await cutover.servedBy(400);
  // 40 expected; 3.3 standard deviations of 6.
  expect(blue + green).toBe(400);
  expect(green).toBeGreaterThan(20);
  expect(green).toBeLessThan(60);
});

test("a second update changes nothing", async () => {
  expect(changed(await cutover.reach("canary"))).toEqual([]);
});

test("setting the value back goes back, and everybody is back when TTLs and caches have passed", async () => {
  expect(changed(await cutover.reach("baseline"))).toEqual(bothRecords);
  expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
  await cutover.carry(60_000);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
});

test("an update that fails between the two records is finished by the same command", async () => {
  const before = await cutover.moves();
  await cutover.soakUntilOpen("canary");
  nextWrites(undefined, "fail-before");
  const failed = await cutover.up("canary");
  expect(failed.succeeded).toBe(false);
  expect(refusedBy(failed)).toEqual([]);
  // Green is raised to 10 beside blue's 100: never both at 0, and no entry for a move that is not done.
  expect(cutover.green()).toBeCloseTo((100 * 10) / 110, 6);
  expect(await cutover.moves()).toEqual(before);

  await cutover.reach("canary");
  expect(cutover.green()).toBe(10);
  expect(await cutover.moves()).toEqual([...before, "canary"]);
  await cutover.reach("baseline");
});

test("a step up whose first write was confirmed but never made is found by the next gates", async () => {
  await cutover.soakUntilOpen("canary");
  nextWrites("no-op", "no-op");
  expect((await cutover.up("canary")).succeeded).toBe(true);
  expect(cutover.green()).toBe(0);
  const judgement = await cutover.operator.judge("half");
  expect(judgement?.allowed).toBe(false);
  const refusals = judgement?.verdicts.flatMap(({ rule, verdict }) =>
    verdict.outcome === "refused" ? rule : [],
  );
  expect(refusals).toContain("read-back");
  await cutover.reach("baseline");
});

test("traffic that someone raised by hand is taken back by the stage's own value, once", async () => {
  cutover.world.disturb({ kind: "weights by hand", green: 30 });
  const back = await cutover.reach("baseline");
  expect(changed(back)).toEqual([
    "create lms-split-mark",
    "update lms-split-blue",
    "update lms-split-green",
  ]);
  expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
});

test("destroying the stack is refused while the records are protected", async () => {
  const refused = await cutover.engine.destroy(cutover.workspace);
  expect(refused.succeeded).toBe(false);
  expect(complaints(refused)).toMatch(/protect/);
  expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
});
