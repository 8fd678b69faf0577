import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { backendFiles } from "../../engine/backend-files.ts";
import { StackLocked } from "../../engine/engine.ts";
import { NoWayBack } from "../../operator/rollback.ts";
import { setInStackFile, stackFile } from "../../operator/stack-file.ts";
import { changed, complaints, LiveCutover, nightTimeout } from "./live-cutover.ts";
import { migrated } from "./migrated.ts";

vi.setConfig({ testTimeout: nightTimeout, hookTimeout: nightTimeout });

let cutover: LiveCutover;
beforeAll(async () => {
  cutover = await LiveCutover.start();
});
afterAll(() => cutover.stop());

const toCanary = async (): Promise<void> => {
  await cutover.soakUntilOpen("canary");
  await cutover.reach("canary");
};

const expectBlueToServe = async (): Promise<void> => {
  expect(cutover.green()).toBe(0);
  expect(await cutover.servedBy(40)).toEqual({ blue: 40, green: 0 });
  expect((await cutover.moves()).at(-1)).toBe("baseline");
};

const config = (): Promise<string> =>
  readFile(stackFile(cutover.workspace.directory, cutover.workspace.stack), "utf8");

test("before anything was set up there is nothing to roll back, and nothing is written", async () => {
  const before = await config();
  await expect(cutover.operator.rollBack()).rejects.toThrow(NoWayBack);
  expect(await config()).toBe(before);
  await cutover.reach("baseline");
});

test("S1-3, S1-59: sets the value back, touches the route and nothing else, and leaves the schema green's; a second one changes nothing", async () => {
  await toCanary();
  const before = await migrated(cutover);
  expect(before).toMatchObject({
    jobs: [{ status: { succeeded: 1 } }],
    revisions: ["4f2a9c7d1e30"],
    columns: expect.arrayContaining(["leave_requests.decided_by"]) as unknown,
  });
  const { from, to, update } = await cutover.operator.rollBack();
  expect({ from, to, succeeded: update.succeeded }).toEqual({
    from: "canary",
    to: "baseline",
    succeeded: true,
  });
  expect(changed(update)).toEqual(["update lms-cutover", "update lms-split-route"]);
  expect(await config()).toContain("lms:trafficWeight: 0");
  await expectBlueToServe();
  expect(changed((await cutover.operator.rollBack()).update)).toEqual([]);
  expect(changed(await cutover.reach("baseline"))).toEqual([]);
  expect(await migrated(cutover)).toEqual(before);
});

test("S1-3: back although another system's definition does not load, which stops every other update", async () => {
  await toCanary();
  const file = stackFile(cutover.workspace.directory, cutover.workspace.stack);
  const before = await config();
  onTestFinished(() => writeFile(file, before));
  await setInStackFile(file, "broken", { trafficWeight: 50 });
  const whole = await cutover.up("canary");
  expect(whole.succeeded).toBe(false);
  expect(complaints(whole)).toContain("broken");

  expect((await cutover.operator.rollBack()).update.succeeded).toBe(true);
  await expectBlueToServe();
});

test("S1-3: back although the policy pack does not load, and it says that no gate was asked", async () => {
  await toCanary();
  const pack = await mkdtemp(join(tmpdir(), "cutover-broken-pack-"));
  onTestFinished(() => rm(pack, { recursive: true }));
  await writeFile(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  await writeFile(join(pack, "package.json"), '{ "main": "index.js" }');
  await writeFile(join(pack, "index.js"), "throw new Error('not today');\n");
  const { update, withoutGates } = await cutover.operatorWith({ policyPack: pack }).rollBack();
  expect(update.succeeded).toBe(true);
  expect(withoutGates).toBeDefined();
  expect(cutover.notes.at(-1)).toContain("without the gates");
  expect((await cutover.ledger()).entries.at(-1)?.verdicts).toEqual({});
  await expectBlueToServe();
});

test("a lock of a living process is never cleared", async () => {
  const { directory, stack, backendUrl } = cutover.workspace;
  const locks = backendFiles(backendUrl, "cutover", stack)?.locks ?? directory;
  const lock = join(locks, "somebody.json");
  await writeFile(
    lock,
    JSON.stringify({
      pid: process.pid,
      username: userInfo().username,
      hostname: hostname(),
      timestamp: new Date().toISOString(),
    }),
  );
  onTestFinished(() => rm(lock, { force: true }));
  await expect(cutover.operator.rollBack()).rejects.toThrow(StackLocked);
  expect(await readFile(lock, "utf8")).toContain(String(process.pid));
});
