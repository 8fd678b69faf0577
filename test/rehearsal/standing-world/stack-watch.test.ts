import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { append, nothingYet } from "../../../definition/ledger.ts";
import { backendFiles } from "../../../engine/backend-files.ts";
import { EmbeddedEngine } from "../../../rehearsal/engine/embedded-engine.ts";
import { makeStack } from "../../../rehearsal/standing-world/make-stack.ts";
import { StackWatch } from "../../../rehearsal/standing-world/stack-watch.ts";
import { lms } from "../../../stacks/lms.ts";

let watch: StackWatch;
let files: { state: string; locks: string };

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "cutover-watch-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const backendUrl = `file://${directory}`;
  const workspace = { directory, stack: "rehearsal", backendUrl, environment: {} };
  await writeFile(join(directory, "Pulumi.yaml"), "name: cutover\nruntime: nodejs\nmain: .\n");
  await writeFile(
    join(directory, "Pulumi.rehearsal.yaml"),
    "config:\n  cutover:environment: rehearsal\n",
  );
  await makeStack(workspace);
  watch = new StackWatch(workspace, lms, new EmbeddedEngine());
  const found = backendFiles(backendUrl, "cutover", "rehearsal");
  if (found === undefined) throw new Error("no folder");
  files = found;
});

const lock = async (pid: number): Promise<void> => {
  const timestamp = new Date().toISOString();
  await mkdir(files.locks, { recursive: true });
  await writeFile(
    join(files.locks, "somebody.json"),
    JSON.stringify({ pid, username: "somebody", hostname: hostname(), timestamp }),
  );
};

test("a stack that was only made has no moves, and nobody updates it", async () => {
  expect(await watch.look()).toEqual({ updating: undefined, moves: [] });
});

test("sees who holds the lock, unless that process is dead", async () => {
  await lock(process.pid);
  expect((await watch.look()).updating).toMatchObject({ pid: process.pid });
  // No system hands out a process id like this one.
  await lock(2 ** 30);
  expect((await watch.look()).updating).toBeUndefined();
});

test("sees a move when the state has it, and keeps what it knew while the state cannot be read", async () => {
  const ledger = append([], {
    system: "lms",
    from: nothingYet,
    to: "baseline",
    at: "2026-01-10T23:10:00.000Z",
    definition: "d",
    commit: "",
  });
  const urn = "urn:pulumi:rehearsal::cutover::pulumi:pulumi:Stack::cutover-rehearsal";
  const stack = {
    urn,
    custom: false,
    type: "pulumi:pulumi:Stack",
    outputs: { ledger: { lms: ledger } },
  };
  const latest = { manifest: {}, resources: [stack] };
  const checkpoint = { stack: "organization/cutover/rehearsal", latest };
  await writeFile(files.state, JSON.stringify({ version: 3, checkpoint }));
  expect((await watch.look()).moves.map(({ to }) => to)).toEqual(["baseline"]);
  await writeFile(files.state, "{ half wri");
  expect((await watch.look()).moves.map(({ to }) => to)).toEqual(["baseline"]);
});
