import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Interruption } from "../../rehearsal/providers/interruptions.ts";
import { liveCutoverOf, type ChangedCheckout } from "./changed-checkout.ts";
import { changed, complaints, nightTimeout, refusedBy, type LiveCutover } from "./live-cutover.ts";
import { weightedRecordsCheckout } from "./weighted-records-checkout.ts";

// What the other nights show of an Istio route, for weighted records: the same system, and nothing else differs.
vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let checkout: ChangedCheckout;
let cutover: LiveCutover;
const begin = async (to: Parameters<typeof weightedRecordsCheckout>[0]): Promise<void> => {
  checkout = await weightedRecordsCheckout(to);
  cutover = await (await liveCutoverOf(checkout)).start();
};
const end = async (): Promise<void> => {
  await cutover.stop();
  await checkout.remove();
};

const pair = ["update lms-split-blue", "update lms-split-green"];
const move = ["update lms-cutover", ...pair];
/** Whatever waits for name servers in an update needs not wait as long as it says. */
const quickly = async <Result>(update: () => Promise<Result>): Promise<Result> => {
  cutover.world.letTimePass(true, 15);
  const result = await update();
  cutover.world.letTimePass(false, 15);
  return result;
};
const reach = (stage: string) => quickly(() => cutover.reach(stage));
const rollBack = () => quickly(() => cutover.operator.rollBack());
/** As long as the slowest cache holds what it was told before. */
const cachesPass = (): Promise<void> => cutover.carry(60_000);
/** What happens to the next writes of records, in their order; undefined lets one through. */
const nextWrites = (...interruptions: readonly (Interruption | undefined)[]): void => {
  for (const interruption of interruptions) {
    void cutover.world.disturb({
      kind: "write",
      interruption: interruption ?? { delayMilliseconds: 0 },
    });
  }
};

/** Of so many requests, those that green answered. */
const onGreen = async (requests: number): Promise<number> => {
  const { blue, green } = await cutover.servedBy(requests);
  expect(blue + green).toBe(requests);
  return green;
};

describe("a cutover by weighted records", () => {
  beforeAll(async () => {
    await begin("addresses");
    await reach("baseline");
  });
  afterAll(end);

  // Each test goes on where the one before it stopped: it is one night.

  test("S4-39: a step up writes both records, and clients behind their resolvers follow", async () => {
    expect(await onGreen(40)).toBe(0);
    await cutover.soakUntilOpen("canary");
    expect(changed(await reach("canary"))).toEqual(move);
    expect(cutover.green()).toBe(10);
    expect(await cutover.moves()).toEqual(["baseline", "canary"]);
    await cachesPass();
    // 40 expected; 3.3 standard deviations of 6.
    expect(Math.abs((await onGreen(400)) - 40)).toBeLessThan(20);
    expect(changed(await reach("canary"))).toEqual([]);
  });

  test("a rollback takes all of it back when TTLs and caches have passed, and is entered", async () => {
    const { update } = await rollBack();
    expect(changed(update)).toEqual(move);
    expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
    await cachesPass();
    expect(await onGreen(40)).toBe(0);
    expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);
  });

  test("traffic that someone raised by hand is taken back by the stage's own value, once", async () => {
    await cutover.world.disturb({ kind: "weights by hand", green: 30 });
    expect((await cutover.refusals("canary"))["read-back"]).toContain(
      "someone moved traffic by hand",
    );
    const back = await reach("baseline");
    expect(changed(back)).toEqual([...pair, "update lms-split-mark"].toSorted());
    expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
    expect(changed(await reach("baseline"))).toEqual([]);
  });

  test("a rollback takes back what was raised by hand, time and again", async () => {
    for (const green of [30, 40]) {
      await cutover.world.disturb({ kind: "weights by hand", green });
      const { update } = await rollBack();
      expect(changed(update)).toEqual([...pair, "update lms-split-mark"].toSorted());
      expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
    }
  });

  test("an update that fails between the two records is finished by the same command", async () => {
    const before = await cutover.moves();
    await cutover.soakUntilOpen("canary");
    nextWrites(undefined, "fail-before");
    const failed = await quickly(() => cutover.up("canary"));
    expect(failed.succeeded).toBe(false);
    expect(refusedBy(failed)).toEqual([]);
    // Green is raised to 10 beside blue's 100: never both at 0, and no entry for a move that is not done.
    expect(cutover.green()).toBe(9.09);
    expect(await cutover.moves()).toEqual(before);

    expect(changed(await reach("canary"))).toEqual(["update lms-split-blue"]);
    expect(cutover.green()).toBe(10);
    expect(await cutover.moves()).toEqual([...before, "canary"]);
  });

  test("a write whose answer is lost fails the update, and setting the value back takes it back", async () => {
    nextWrites("fail-after");
    const failed = await quickly(() => cutover.up("baseline"));
    expect(failed.succeeded).toBe(false);
    // Blue was raised first: green has some of its share still, and keeps it no longer than until the next update.
    expect(cutover.green()).toBe(9.09);
    expect(changed(await reach("baseline"))).toEqual(pair);
    expect(cutover.world.weights()).toEqual({ blue: 100, green: 0 });
  });

  test("a write that is confirmed and changes nothing is found when the stage is to be left", async () => {
    await cutover.soakUntilOpen("canary");
    nextWrites("no-op", "no-op");
    await reach("canary");
    expect(cutover.green()).toBe(0);
    expect(await cutover.refusals("half")).toHaveProperty("read-back");
    await reach("baseline");
  });

  test("a further record of somebody else's stops the ladder", async () => {
    await cutover.world.disturb({ kind: "route taken", marks: {} });
    expect((await cutover.refusals("canary"))["sole-owner"]).toContain(
      "weighted record Z0REHEARSAL/lms.company.com is managed by whoever keeps its further weighted record external-dns",
    );
  });

  // From here on the name servers stay stuck.
  test("name servers that do not follow the zone are found by what clients see", async () => {
    await cutover.world.disturb({ kind: "gateway stuck" });
    await cutover.world.disturb({ kind: "weights by hand", green: 10 });
    await cachesPass();
    expect(await onGreen(40)).toBe(0);
  });

  test("destroying the stack is refused while the records are protected", async () => {
    const resources = await cutover.engine.resources(cutover.workspace);
    const records = resources.filter(({ type }) => type === "aws:route53/record:Record");
    expect(records.map(({ protect }) => protect)).toEqual([true, true, true]);
    const refused = await cutover.engine.destroy(cutover.workspace);
    expect(refused.succeeded).toBe(false);
    expect(complaints(refused)).toMatch(/protect/);
  });
});

describe("aliases of load balancers", () => {
  beforeAll(async () => {
    await begin("load balancers");
    await reach("baseline");
  });
  afterAll(end);

  test("carry a step up, and a rollback once the load balancers' TTL has passed", async () => {
    await cutover.soakUntilOpen("canary");
    expect(changed(await reach("canary"))).toEqual(move);
    await cutover.carry(90_000);
    expect(Math.abs((await onGreen(400)) - 40)).toBeLessThan(20);
    expect(changed((await rollBack()).update)).toEqual(move);
    await cutover.carry(90_000);
    expect(await onGreen(40)).toBe(0);
  });
});
