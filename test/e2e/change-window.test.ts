import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changed, LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

/** An update that the calendar must refuse before the route is written. */
const expectRefused = async (stage: string): Promise<void> => {
  const before = { writes: await cutover.routeWrites(), green: cutover.green() };
  await cutover.letSign(stage);
  const refused = await cutover.up(stage);
  expect(refusedBy(refused)).toContain("change-window");
  expect(changed(refused)).toEqual([]);
  expect({ writes: await cutover.routeWrites(), green: cutover.green() }).toEqual(before);
};

// Each test goes on where the one before it stopped: it is one night, which begins at 22:00.

test("S1-11: inside the window traffic moves, unless nobody knows the time", async () => {
  await cutover.soakUntilOpen("canary");
  cutover.front.let("/clock", "answered 503");
  await expectRefused("canary");
  cutover.front.let("/clock", "passed on");
  await cutover.reach("canary");
  expect(cutover.green()).toBe(10);
});

test("S1-11: when the window has closed nothing moves forward, however often it is tried", async () => {
  const cutoverMilliseconds = Date.parse("2026-01-11T03:00:00Z");
  cutover.world.clock.follow({ wallMilliseconds: Date.now(), cutoverMilliseconds, rate: 1 });
  await expectRefused("half");
  await expectRefused("half");
});

test("S1-20: traffic goes back all the same", async () => {
  await cutover.reach("baseline");
  expect(cutover.green()).toBe(0);
  expect((await cutover.moves()).at(-1)).toBe("baseline");
});
