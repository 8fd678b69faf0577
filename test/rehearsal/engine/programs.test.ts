import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { changes, errors, Fixture } from "./fixture.ts";

let stack: Fixture;
afterEach(() => stack.remove());

test("hooks run around their steps; one that throws before a step prevents it, one after it fails the update", async () => {
  stack = await Fixture.create("hooked");
  const log = join(stack.directory, "hooks.log");
  const ran = async (): Promise<readonly string[]> => {
    const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
    await writeFile(log, "");
    return lines.map((line) => line.split(" ")[0] ?? "");
  };
  const workspace = (environment: Readonly<Record<string, string>>) =>
    stack.workspace({ HOOK_LOG: log, ...environment });
  await writeFile(log, "");

  await stack.engine.preview(workspace({}));
  expect(await ran()).toEqual(["before-create"]);
  const created = await stack.engine.up(workspace({}));
  expect(errors(created)).toBe("");
  expect(await ran()).toEqual(["before-create", "after-create"]);
  stack.provider.takeCalls();

  const refused = await stack.engine.up(workspace({ WEIGHT: "2", HOOK_THROWS: "before-update" }));
  expect(errors(refused)).toContain(`before hook "before-update" failed: before-update says no`);
  expect(changes(refused)).toEqual(["update hooked failed"]);
  expect(stack.provider.takeCalls()).toEqual([]);
  await ran();

  const late = await stack.engine.up(workspace({ WEIGHT: "2", HOOK_THROWS: "after-update" }));
  expect(late.succeeded).toBe(false);
  expect(errors(late)).toContain("after-update says no");
  expect(stack.provider.takeCalls()).toEqual(["update hooked"]);
  expect((await stack.resource("hooked"))?.inputs).toEqual({ weight: 2 });
  await ran();

  const deleted = await stack.engine.up(workspace({ WITHOUT_THING: "yes" }));
  expect(errors(deleted)).toBe("");
  expect(await ran()).toEqual(["before-delete", "after-delete"]);
});

test("the SDK registers what the programs of the other tests register", async () => {
  stack = await Fixture.create();
  const declaration = {
    resources: [
      { name: "group", component: true as const, inputs: { weight: 1 } },
      { name: "a", parent: "group", inputs: { password: "x" }, secret: ["password"] },
      { name: "b", from: { of: "a.id" }, dependsOn: ["group"], options: { protect: true } },
    ],
    outputs: { id: "a.id", note: "x" },
  };
  const bySdk = await stack.engine.up(stack.declaring(declaration));
  expect(errors(bySdk)).toBe("");
  const again = await stack.up(declaration);
  expect(errors(again)).toBe("");
  expect(changes(again)).toEqual([]);
  expect(again.outputs).toEqual(bySdk.outputs);
});

test("a dynamic resource is served by its own program", async () => {
  stack = await Fixture.create("dynamic", { "demo:weight": "2" });
  const created = await stack.engine.up(stack.workspace());
  expect(errors(created)).toBe("");
  expect(created.outputs).toEqual({ doubled: 4 });
  const id = (await stack.resource("counted"))?.id;
  await stack.configure({ "cutover:environment": "rehearsal", "demo:weight": 3 });
  const updated = await stack.engine.up(stack.workspace());
  expect(changes(updated)).toEqual(["update counted"]);
  expect(updated.outputs).toEqual({ doubled: 6 });
  expect((await stack.resource("counted"))?.id).toBe(id);
});

test("a stack reads its own last outputs, before its first update and after a refusal", async () => {
  stack = await Fixture.create("self-reference", { "demo:weight": "0" });
  const to = (weight: number) =>
    stack.configure({ "cutover:environment": "rehearsal", "demo:weight": weight });
  const first = await stack.engine.up(stack.workspace());
  expect(errors(first)).toBe("");
  expect(first.outputs).toEqual({ asked: 0, moved: 0, token: "[secret]" });
  expect(await stack.stateText()).not.toContain("hush-hush");

  await to(10);
  const moved = await stack.engine.up(stack.workspace());
  expect(moved.outputs).toMatchObject({
    asked: 10,
    moved: 10,
    token: "[secret]",
    tokenBefore: "[secret]",
  });
  expect(stack.provider.calls.at(-1)?.inputs).toEqual({ weight: 10, from: 0 });
  expect(await stack.stateText()).not.toContain("hush-hush");

  await to(50);
  stack.provider.failing.set("record", "refused");
  const failed = await stack.engine.up(stack.workspace());
  expect(failed.succeeded).toBe(false);
  expect(failed.outputs).toMatchObject({ moved: 10 });
  stack.provider.failing.clear();
  await stack.engine.up(stack.workspace());
  expect(stack.provider.calls.at(-1)?.inputs).toEqual({ weight: 50, from: 10 });
});
