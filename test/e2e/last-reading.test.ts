import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changed, complaints, LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

test("health that changes between the gates' verdict and the write stops the write", async () => {
  await cutover.soakUntilOpen("canary");
  await cutover.operator.set("canary");
  const writes = await cutover.routeWrites();
  const stopped = await cutover.operator.up((event) => {
    // The gates have let the component through; what carries the traffic comes after it.
    if (event.kind === "step" && event.step.urn.endsWith("::lms-cutover")) {
      void cutover.world.disturb({ kind: "alarm", threshold: "error-rate", state: "Alert" });
    }
  });
  expect(stopped.succeeded).toBe(false);
  expect(refusedBy(stopped)).toEqual([]);
  expect(complaints(stopped)).toMatch(/the night changed after the gates' verdict.*alarms-quiet/);
  expect(cutover.green()).toBe(0);
  expect(await cutover.routeWrites()).toBe(writes);
  expect(await cutover.moves()).toEqual(["baseline"]);

  // The way back asks for no last reading: it changes the component alone, and succeeds.
  expect(changed(await cutover.reach("baseline"))).toEqual(["update lms-cutover"]);
});
