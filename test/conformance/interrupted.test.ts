import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Workspace } from "../../engine/engine.ts";
import { PulumiEngine } from "../../engine/pulumi-engine.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { killTree } from "../../rehearsal/kill-tree.ts";
import type { ChildTask } from "../../rehearsal/run-child.ts";
import { errors, type Fixture } from "../rehearsal/engine/fixture.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { freshPair } from "./alike.ts";
import { chain } from "./chain.ts";
import { missing } from "./real-cli.ts";

const pair = freshPair();

/** A workspace in which the CLI leaves its traces in the folder of the stack alone. */
const settled = (stack: Fixture, declaration: Declaration): Workspace => {
  const { environment, ...workspace } = stack.declaring(declaration);
  const home = { PULUMI_HOME: join(stack.directory, "home"), PULUMI_SKIP_UPDATE_CHECK: "1" };
  return { ...workspace, environment: { ...environment, ...home } };
};

/** Starts an update in a process of its own. */
const upInChild = (
  engine: ChildTask["engine"],
  stack: Fixture,
  declaration: Declaration,
): ChildProcess => {
  const workspace = settled(stack, declaration);
  const task: ChildTask = { engine, operation: "up", workspace, options: {} };
  const runChild = fileURLToPath(new URL("../../rehearsal/run-child.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", runChild, JSON.stringify(task)], {
    stdio: "ignore",
  });
};

describe.skipIf(missing !== undefined)("both engines stand an interruption alike", () => {
  test.for([
    { moment: "before a provider is called", verb: "check", name: "b" },
    { moment: "while a provider is called", verb: "update", name: "b" },
    { moment: "after a provider was called", verb: "check", name: "c" },
  ])("a process killed $moment leaves a dead lock and what was pending", async ({ verb, name }) => {
    const { alike, twins } = pair();
    await alike("up", chain(1));
    for (const [engine, stack] of [
      ["pulumi", twins.real],
      ["embedded", twins.embedded],
    ] as const) {
      const reached = new Promise<void>((resolve) => {
        const stopAt = (own: string, asked: string): Promise<void> | void => {
          if (own !== verb || asked !== name) return undefined;
          resolve();
          return new Promise(() => undefined);
        };
        stack.provider.onCall = (call) => stopAt(call.verb, call.name);
        stack.provider.onCheck = (asked) => stopAt("check", asked);
      });
      const child = upInChild(engine, stack, chain(2));
      await reached;
      await killTree(child.pid ?? 0);
      await once(child, "exit");
      stack.provider.onCall = () => undefined;
      stack.provider.onCheck = () => undefined;
      expect(await stack.engine.lockHolder(stack.workspace())).toMatchObject({ dead: true });
    }
    const locked = await alike("up", chain(2));
    expect(locked).toMatchObject({ thrown: "StackLocked" });
    await twins.both((stack) => stack.engine.cancel(stack.workspace()));
    await alike("up", chain(2));
    expect((await alike("up", chain(2))).calls).toEqual([]);
  });

  test("an abort lets what runs come to its end, begins nothing more and releases the lock", async () => {
    const { twins } = pair();
    for (const [engine, stack] of [
      [await PulumiEngine.create(), twins.real],
      [new EmbeddedEngine(), twins.embedded],
    ] as const) {
      const operator = new AbortController();
      stack.provider.onCall = async () => {
        operator.abort();
        await sleep(1_000);
      };
      const { signal } = operator;
      const result = await engine.up(settled(stack, chain(1)), { signal });
      expect(result.succeeded, engine.name).toBe(false);
      expect(errors(result), engine.name).toContain("the operation was cancelled");
      expect(stack.provider.takeCalls(), engine.name).toEqual(["create a"]);
      expect(await engine.lockHolder(stack.workspace()), engine.name).toBeUndefined();
    }
  });

  test("of two updates at once one is refused as locked", async () => {
    const { alike, twins } = pair();
    await alike("up", chain(1));
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const begun = { real: false, embedded: false };
    for (const name of ["real", "embedded"] as const) {
      twins[name].provider.onCall = () => {
        begun[name] = true;
        return held;
      };
    }
    const first = twins.both(async (stack) => {
      await (stack === twins.real
        ? twins.runOne("real", "up", chain(2))
        : twins.runOne("embedded", "up", chain(2)));
    });
    await expect.poll(() => begun, { timeout: 60_000 }).toEqual({ real: true, embedded: true });
    const second = await Promise.all([
      twins.runOne("real", "up", chain(3)),
      twins.runOne("embedded", "up", chain(3)),
    ]);
    expect(second.map(({ thrown }) => thrown)).toEqual(["StackLocked", "StackLocked"]);
    letGo();
    await first;
  });
});
