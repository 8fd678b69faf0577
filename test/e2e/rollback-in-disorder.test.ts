import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LiveCutover, refusedBy, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

const toCanary = async (): Promise<void> => {
  await cutover.soakUntilOpen("canary");
  await cutover.reach("canary");
};

const expectWayBack = async (): Promise<void> => {
  const back = await cutover.reach("baseline");
  expect(refusedBy(back)).toEqual([]);
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  expect((await cutover.moves()).at(-1)).toBe("baseline");
};

test("S1-3: back after somebody moved the weights by hand", async () => {
  await toCanary();
  await cutover.world.disturb({ kind: "weights by hand", green: 100 });
  expect(cutover.green()).toBe(100);
  await expectWayBack();
});

// Green stays broken: this test is the last one.
test("S1-3: back while every pod of green exits again and again", async () => {
  await toCanary();
  await cutover.world.disturb({ kind: "pods", side: "green", change: { crashing: true } });
  await cutover.carry(60_000);
  await expectWayBack();
});
