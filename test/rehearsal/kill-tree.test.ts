import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { isAlive } from "../../engine/is-alive.ts";
import { killTree } from "../../rehearsal/kill-tree.ts";

/** A process that starts a process that starts one more, each in a group of its own, and prints their ids. */
const script = `
  const { spawn } = require("node:child_process");
  const depth = Number(process.argv[1]);
  console.log(process.pid);
  if (depth > 0) spawn(process.execPath, ["-e", process.env.SCRIPT, String(depth - 1)], { stdio: "inherit", detached: true });
  setInterval(() => undefined, 1000);
`;

test("nothing that a killed process started outlives it", async () => {
  const child = spawn(process.execPath, ["-e", script, "2"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, SCRIPT: script },
  });
  const pids: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (pids.push(Number(line)) === 3) break;
  }
  expect(pids.filter(isAlive)).toEqual(pids);
  await killTree(pids[0] ?? 0);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});
