import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeEach, expect, test } from "vitest";
import { StackLocked } from "../../../engine/engine.ts";
import { changes, errors, Fixture } from "./fixture.ts";
import type { Declaration } from "./programs/declared/declaration.ts";

let stack: Fixture;
beforeEach(async () => {
  stack = await Fixture.create();
  return () => stack.remove();
});

const runChild = fileURLToPath(new URL("../../../rehearsal/run-child.ts", import.meta.url));

function upInChild(declaration: Declaration): ChildProcess {
  const task = {
    engine: "embedded",
    operation: "up",
    workspace: stack.declaring(declaration),
    options: {},
  };
  return spawn(process.execPath, ["--import", "tsx", runChild, JSON.stringify(task)], {
    stdio: "ignore",
  });
}

/** Processes whose command line or environment holds the text. */
async function processesWith(text: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
      .map(async (pid) =>
        (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).includes(text)
          ? [pid]
          : [],
      ),
  );
  return found.flat();
}

test("a failed step keeps what was done before it, and the next update does the rest", async () => {
  const both = {
    resources: [
      { name: "a", inputs: { weight: 1 } },
      { name: "b", from: { of: "a.id" } },
    ],
    outputs: { a: "a.weight", b: "b.of" },
  };
  stack.provider.failing.set("b", "no capacity");
  const half = await stack.up(both);
  expect(half.succeeded).toBe(false);
  expect(changes(half)).toEqual(["create demo-dev", "create a", "create b failed"]);
  expect(errors(half)).toBe("creating failed: no capacity");
  expect(half.outputs).toEqual({});
  expect(stack.provider.takeCalls()).toEqual(["create a", "create b"]);
  expect((await stack.state()).pending_operations ?? []).toEqual([]);

  stack.provider.failing.clear();
  const rest = await stack.up(both);
  expect(changes(rest)).toEqual(["create b"]);
  expect(rest.outputs).toEqual({ a: 1, b: "thing-1" });
});

test("an update killed in the middle leaves its lock and no process, and the next one goes on", async () => {
  const things = (weight: number): Declaration => ({
    resources: [
      { name: "a", inputs: { weight } },
      { name: "b", inputs: { weight }, dependsOn: ["a"] },
    ],
  });
  await stack.up(things(1));
  stack.provider.takeCalls();
  const child = upInChild(things(2));
  await new Promise<void>((resolve) => {
    stack.provider.onCall = async ({ name }) => {
      if (name === "b") {
        resolve();
        await new Promise(() => undefined);
      }
    };
  });
  child.kill("SIGKILL");
  await once(child, "exit");
  stack.provider.onCall = () => undefined;

  const refused = await stack.up(things(2)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StackLocked);
  expect(refused).toMatchObject({ holder: { pid: child.pid, dead: true } });
  expect(await stack.engine.lockHolder(stack.workspace())).toMatchObject({ pid: child.pid });
  await expect.poll(() => processesWith(stack.directory), { timeout: 5_000 }).toEqual([]);
  expect((await stack.state()).pending_operations).toMatchObject([
    { type: "updating", resource: { urn: stack.urn("b") } },
  ]);

  await stack.engine.cancel(stack.workspace());
  const resumed = await stack.up(things(2));
  expect(resumed.succeeded).toBe(true);
  expect(resumed.diagnostics).toContainEqual(
    expect.objectContaining({
      severity: "warning",
      message: expect.stringContaining("interrupted while updating"),
    }),
  );
  expect(changes(resumed)).toEqual(["update b"]);
  expect((await stack.state()).pending_operations ?? []).toEqual([]);
  expect(await stack.engine.lockHolder(stack.workspace())).toBeUndefined();
});

test("of two updates at once exactly one wins", async () => {
  const one = { resources: [{ name: "a" }] };
  const outcomes = await Promise.allSettled([stack.up(one), stack.up(one), stack.up(one)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(
    outcomes.flatMap((outcome): unknown[] =>
      outcome.status === "rejected" ? [outcome.reason] : [],
    ),
  ).toEqual([expect.any(StackLocked), expect.any(StackLocked)]);
  expect(stack.provider.takeCalls()).toEqual(["create a"]);
});

test("an abort lets what runs come to its end and begins nothing more", async () => {
  const abort = new AbortController();
  stack.provider.onCall = async () => {
    abort.abort();
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  const result = await stack.up(
    { resources: [{ name: "a" }, { name: "b", dependsOn: ["a"] }] },
    { signal: abort.signal },
  );
  expect(result.succeeded).toBe(false);
  expect(changes(result)).toEqual(["create demo-dev", "create a"]);
  expect((await stack.resource("a"))?.id).toBe("thing-1");
  expect(await stack.engine.lockHolder(stack.workspace())).toBeUndefined();
});

test("an abort ends a program that waits, and releases the lock", async () => {
  const abort = new AbortController();
  stack.provider.onCall = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    abort.abort();
  };
  const waiting = { resources: [{ name: "a" }, { name: "b", dependsOn: ["a"] }] };
  const result = await stack.engine.up(stack.declaring(waiting), { signal: abort.signal });
  expect(errors(result)).toContain("the operation was cancelled");
  expect(stack.provider.takeCalls()).toEqual(["create a"]);
  expect(await stack.engine.lockHolder(stack.workspace())).toBeUndefined();
  expect(await processesWith(stack.directory)).toEqual([]);
  stack.provider.onCall = () => undefined;
  expect(changes(await stack.up(waiting))).toEqual(["create b"]);
});

test("an abort before the beginning begins nothing and releases the lock", async () => {
  const result = await stack.up({ resources: [{ name: "a" }] }, { signal: AbortSignal.abort() });
  expect(result.succeeded).toBe(false);
  expect(stack.provider.takeCalls()).toEqual([]);
  expect(await stack.engine.lockHolder(stack.workspace())).toBeUndefined();
});

test("a program that throws deletes nothing", async () => {
  await stack.up({ resources: [{ name: "a" }, { name: "b" }] });
  stack.provider.takeCalls();
  const result = await stack.engine.up(
    stack.declaring({ resources: [{ name: "a" }], throws: "the program is broken" }),
  );
  expect(result.succeeded).toBe(false);
  expect(errors(result)).toContain("the program is broken");
  expect(stack.provider.takeCalls()).toEqual([]);
});

test("what is not supported or not attached is named, and an input that the provider refuses is said", async () => {
  const imported = await stack.up({ resources: [{ name: "a", options: { import: "thing-9" } }] });
  expect(errors(imported)).toContain("a uses import, which the embedded engine does not support");
  const refused = await stack.up({ resources: [{ name: "a", inputs: { invalid: 1 } }] });
  expect(errors(refused)).toContain("property invalid: is never valid");
  const detached = await stack.engine.up({
    ...stack.declaring({ resources: [{ name: "a" }] }),
    environment: {
      DECLARATION: JSON.stringify({ resources: [{ name: "a" }] }),
      PULUMI_DEBUG_PROVIDERS: "other:1",
    },
  });
  expect(errors(detached)).toContain("no provider for the package test");
  expect(stack.provider.takeCalls()).toEqual([]);
});

test("anything but a rehearsal is refused before anything is read or run", async () => {
  await stack.configure({ "cutover:environment": "production" });
  await expect(stack.up({ resources: [] })).rejects.toThrow(
    /Pulumi.dev.yaml: the stack is refused .* is production, expected rehearsal.*Nothing changed/,
  );
});
