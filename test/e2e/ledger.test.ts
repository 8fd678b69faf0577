import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import { changed, LiveCutover, refusedBy, nightTimeout } from "./live-cutover.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.start();
});
afterAll(() => cutover.stop());

const listBy = (role: string): string => `checklist-${role}.json`;

// Each test goes on where the one before it stopped: it is one night.

test("the first update begins the ledger, and a second one changes nothing at all", async () => {
  await cutover.reach("baseline");
  expect(await cutover.moves()).toEqual(["baseline"]);
  const before = await cutover.ledger();
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
  expect(await cutover.ledger()).toEqual(before);
});

test("S1-2: a jump from 0 to 50 is refused, and refused again, and moves nothing", async () => {
  const before = { ledger: await cutover.ledger(), writes: await cutover.routeWrites() };
  for (const attempt of ["first", "second"]) {
    const refused = await cutover.up("half");
    expect(refused.succeeded, attempt).toBe(false);
    expect(refusedBy(refused), attempt).toContain("ladder");
    expect(changed(refused), attempt).toEqual([]);
    expect(await cutover.ledger(), attempt).toEqual(before.ledger);
  }
  expect(await cutover.routeWrites()).toBe(before.writes);
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
});

test("S1-6, S1-7: the step to 10 changes the cutover and its VirtualService only, and then nothing", async () => {
  await cutover.soakUntilOpen("canary");
  const step = await cutover.reach("canary");
  expect(changed(step)).toEqual(["update lms-cutover", "update lms-split-route"]);
  expect(cutover.green()).toBe(10);
  const { blue, green } = await cutover.servedBy(100);
  expect(blue + green).toBe(100);
  expect(Math.abs(green - 10)).toBeLessThanOrEqual(1);
  expect(await cutover.moves()).toEqual(["baseline", "canary"]);
  expect(changed(await cutover.reach("canary"))).toEqual([]);
  expect(await cutover.moves()).toEqual(["baseline", "canary"]);
});

test("an entry says who ran the update, what each gate said, and on which signed files they relied", async () => {
  const [begun, step] = (await cutover.ledger()).entries;
  expect(begun?.verdicts).toMatchObject({ "backup-proof": "passed", approvals: "not-applicable" });
  expect(step?.verdicts).toMatchObject({
    "checklists-done": "passed",
    "way-back": "not-applicable",
  });
  expect(Object.keys(step?.verdicts ?? {})).toEqual(allRules.map(({ name }) => name).sort());
  expect(Object.values(step?.verdicts ?? {})).not.toContain("refused");
  expect(step?.operator?.name).not.toBe("");
  expect(step?.plan).toBe("");
  const relied = Object.entries(step?.evidence ?? {});
  expect(relied.map(([file]) => file.replace(/^.*\/\d+-/, "")).sort()).toEqual([
    "backup-dba.json",
    ...["dba", "devOps", "devOps", "platform", "projectManager", "projectManager"].map(listBy),
    ...["releaseManager", "releaseManager"].map(listBy),
  ]);
  for (const [file, sha256] of relied) {
    const text = await readFile(join(cutover.workspace.directory, file));
    expect(createHash("sha256").update(text).digest("hex"), file).toBe(sha256);
  }
});

test("S1-3: the way back changes the same two resources, and the chain holds every move", async () => {
  const back = await cutover.reach("baseline");
  expect(changed(back)).toEqual(["update lms-cutover", "update lms-split-route"]);
  expect(cutover.green()).toBe(0);
  const { entries, damage } = await cutover.ledger();
  expect(damage).toBeUndefined();
  expect(entries[2]?.verdicts).toMatchObject({ "way-back": "passed", soak: "not-applicable" });
  expect(entries.map(({ sequence, from, to }) => [sequence, from, to])).toEqual([
    [1, "(none)", "baseline"],
    [2, "baseline", "canary"],
    [3, "canary", "baseline"],
  ]);
});
