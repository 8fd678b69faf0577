import { readFile, readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { OperationResult } from "../../engine/engine.ts";
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
  void cutover.world.disturb({ kind: "write", interruption });
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

test("S1-3: a step whose answer was lost is taken back by setting the value back", async () => {
  await cutover.reach("baseline");
  await cutover.soakUntilOpen("canary");
  nextRouteWrite("fail-after");
  expect((await cutover.up("canary")).succeeded).toBe(false);
  expect(cutover.green()).toBe(10);

  const back = await cutover.reach("baseline");
  expect(changed(back)).toEqual(["update lms-cutover", "update lms-split-route"]);
  expect(warnings(back)).toContain("the route gives green 10 %, and baseline asks for 0 %");
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  // The move up never got its entry, so the way back has none either.
  expect(await cutover.moves()).toEqual(["baseline", "canary", "baseline"]);
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
});

test("traffic that someone raised by hand is taken back by the stage's own value", async () => {
  await cutover.world.disturb({ kind: "weights by hand", green: 30 });
  expect(cutover.green()).toBe(30);
  const back = await cutover.reach("baseline");
  expect(changed(back)).toEqual(["update lms-split-route"]);
  expect(cutover.green()).toBe(0);
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
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

/** What the update warned of, in one text. */
const warnings = ({ diagnostics }: OperationResult): string =>
  diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ message }) => message)
    .join("\n");

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
