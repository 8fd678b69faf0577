import { readFile, readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { routeType } from "../../rehearsal/operator.ts";
import type { Interruption } from "../../rehearsal/providers/interruptions.ts";
import { changed, complaints, LiveCutover, refusedBy, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.atBaseline();
});
afterAll(() => cutover.stop());

// Each test goes on where the one before it stopped: it is one night.

const nextRouteWrite = (interruption: Interruption): void => {
  cutover.world.disturb({ kind: "write", type: routeType, interruption });
};

test("a write whose answer is lost fails the update, and the same command enters the move once", async () => {
  await cutover.soakUntilOpen("canary");
  nextRouteWrite("fail-after");
  const failed = await cutover.up("canary");
  expect(failed.succeeded).toBe(false);
  expect(refusedBy(failed)).toEqual([]);
  expect(complaints(failed)).toContain("may still be processing the request");
  expect(cutover.green()).toBe(10);
  expect(await cutover.moves()).toEqual(["baseline"]);

  await cutover.reach("canary");
  expect(cutover.green()).toBe(10);
  expect(await cutover.moves()).toEqual(["baseline", "canary"]);
  expect(changed(await cutover.reach("canary"))).toEqual([]);
});

// The state does not know that the lost write was applied: it has to be read again before it is taken back.
test("S1-3: a step that failed half-way is taken back instead, once the route has been read again", async () => {
  await cutover.reach("baseline");
  await cutover.soakUntilOpen("canary");
  nextRouteWrite("fail-after");
  expect((await cutover.up("canary")).succeeded).toBe(false);
  expect(cutover.green()).toBe(10);

  expect((await cutover.rereadRoute()).succeeded).toBe(true);
  expect(changed(await cutover.reach("baseline"))).toEqual([
    "update lms-cutover",
    "update lms-split-route",
  ]);
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);
});

test("an update killed while it writes leaves a dead lock, which the same command clears and goes on", async () => {
  await cutover.soakUntilOpen("canary");
  nextRouteWrite({ delayMilliseconds: 3_000 });
  await cutover.operator.set("canary");
  await cutover.operator.upAndDie();
  expect(await cutover.engine.lockHolder(cutover.workspace)).toMatchObject({ dead: true });
  expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);

  await cutover.reach("canary");
  expect(cutover.notes).toEqual([expect.stringMatching(/died with the stack's lock/)]);
  expect(await cutover.engine.lockHolder(cutover.workspace)).toBeUndefined();
  expect(cutover.green()).toBe(10);
  expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline", "canary"]);
  expect(changed(await cutover.reach("canary"))).toEqual([]);
  expect(await processesOf(cutover.workspace.directory)).toEqual([]);
});

/** Processes whose arguments name a folder; none where the system does not list them as files. */
const processesOf = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir("/proc").catch(() => []);
  const lines = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readFile(`/proc/${name}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(folder));
};
