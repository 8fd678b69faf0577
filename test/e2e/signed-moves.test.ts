import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { complaints, LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.start();
});
afterAll(() => cutover.stop());

// Each test goes on where the one before it stopped: it is one night.

/** A little longer than the canary's soak, milliseconds. */
const wholeSoak = 16 * 60_000;

/** Tries a move that a gate must refuse, before anything is written. */
const expectRefused = async (stage: string, gate: string, says: string): Promise<void> => {
  const before = { green: cutover.green(), writes: await cutover.routeWrites() };
  const refused = await cutover.up(stage);
  expect(refusedBy(refused)).toContain(gate);
  expect(complaints(refused)).toContain(says);
  expect({ green: cutover.green(), writes: await cutover.routeWrites() }).toEqual(before);
};

/** Goes up when the gates are open; on a busy machine an update may take so long that they close again. */
const goTo = async (stage: string): Promise<void> => {
  for (let attempt = 1; attempt < 5; attempt += 1) {
    await cutover.soakUntilOpen(stage);
    if ((await cutover.up(stage)).succeeded) return;
  }
  await cutover.reach(stage);
};

test("S1-52: nothing begins without a fresh backup that somebody has signed for", async () => {
  expect(refusedBy(await cutover.up("baseline"))).toEqual(["backup-proof"]);
  await cutover.letSign("baseline", "signs for an old backup");
  const stale = await cutover.up("baseline");
  expect(refusedBy(stale)).toEqual(["backup-proof"]);
  expect(complaints(stale)).toContain("at most 4 h count");
  await cutover.reach("baseline");
});

test("S1-44: no traffic on green before every item of the lists is signed by its owner", async () => {
  await cutover.letSign("canary", "leaves an item open");
  await expectRefused("canary", "checklists-done", "open: Go decision obtained (Release Manager)");
  await goTo("canary");
});

/** What the gates say of what people signed for the next move, once the soak has passed. */
const signedVerdict = async (stage: string): Promise<string | undefined> =>
  (await cutover.operator.judge(stage))?.verdicts.find(({ rule }) => rule === "checkpoint-answered")
    ?.verdict.outcome;

test("S1-77: the checkpoint's answers hold the move until each of them says go on", async () => {
  await cutover.carry(wholeSoak);
  await expectRefused("half", "checkpoint-answered", "is not answered by Release Manager");
  await cutover.letSign("half", "changes an answer after it was signed");
  await expectRefused("half", "checkpoint-answered", "its signature does not fit its text");
  await cutover.letSign("half", "answers no");
  await expectRefused("half", "checkpoint-answered", "which means roll back");
  await cutover.letSign("half");
  expect(await signedVerdict("half")).toBe("passed");
});

test("S1-3: a rollback passes, whatever has become of what people signed", async () => {
  const signers = join(cutover.workspace.directory, "evidence", "allowed_signers");
  const kept = await readFile(signers);
  await rm(signers);
  try {
    await expectRefused("half", "checkpoint-answered", "allowed_signers: there is no such file");
    expect(refusedBy(await cutover.reach("baseline"))).toEqual([]);
    expect(cutover.green()).toBe(0);
  } finally {
    await writeFile(signers, kept);
  }
});

test("what was signed for one move is no good for a later one of the same name", async () => {
  await goTo("canary");
  await cutover.carry(wholeSoak);
  await expectRefused("half", "checkpoint-answered", "is not answered by Release Manager");
});
