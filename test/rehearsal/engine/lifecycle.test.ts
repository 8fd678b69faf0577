import { beforeEach, expect, test } from "vitest";
import { changes, errors, Fixture } from "./fixture.ts";

let stack: Fixture;
beforeEach(async () => {
  stack = await Fixture.create();
  return () => stack.remove();
});

test("creates, leaves alone, updates, deletes; secrets never lie in the state in plain text", async () => {
  const first = {
    resources: [
      { name: "a", inputs: { weight: 1, password: "swordfish" }, secret: ["password"] },
      { name: "b", from: { of: "a.id" } },
    ],
    outputs: { id: "a.id", key: "b.of" },
  };
  const created = await stack.up(first);
  expect(errors(created)).toBe("");
  expect(created).toMatchObject({
    succeeded: true,
    operations: { create: 3, update: 0, replace: 0, delete: 0, same: 0 },
    outputs: { id: "thing-1", key: "thing-1" },
  });
  expect(stack.provider.calls[0]?.inputs["password"]).toMatchObject({ value: "swordfish" });
  expect(stack.provider.takeCalls()).toEqual(["create a", "create b"]);
  expect(await stack.stateText()).not.toContain("swordfish");

  const text = await stack.stateText();
  const again = await stack.up(first);
  expect(again).toMatchObject({
    succeeded: true,
    operations: { create: 0, update: 0, replace: 0, delete: 0, same: 3 },
  });
  expect(stack.provider.takeCalls()).toEqual([]);
  const withoutTime = (state: string): string => state.replace(/"time":"[^"]+"/, "");
  expect(withoutTime(await stack.stateText())).toBe(withoutTime(text));

  const moved = await stack.up({ resources: [{ name: "a", inputs: { weight: 2 } }] });
  expect(changes(moved)).toEqual(["update a", "delete b"]);
  expect(moved.steps.find(({ operation }) => operation === "update")?.changedKeys).toEqual([
    "password",
    "weight",
  ]);
  expect(stack.provider.takeCalls()).toEqual(["update a", "delete b"]);
});

test("replaces: new before old, or old before new together with what cannot stand without it", async () => {
  const things = (zone: string) => ({
    resources: [
      { name: "a", inputs: { zone } },
      { name: "b", from: { of: "a.id" } },
      { name: "c", dependsOn: ["a"] },
    ],
  });
  await stack.up(things("x"));
  stack.provider.takeCalls();
  stack.provider.replaceOn = ["zone", "of"];

  const gentle = await stack.up(things("y"));
  expect(changes(gentle)).toEqual(["replace a", "replace b"]);
  const calls = stack.provider.takeCalls();
  expect(calls.slice(0, 2)).toEqual(["create a", "create b"]);
  expect(calls.slice(2)).toEqual(["delete b", "delete a"]);

  stack.provider.deleteBeforeReplace = true;
  const abrupt = await stack.up(things("z"));
  expect(abrupt.operations).toMatchObject({ create: 0, replace: 2, delete: 0 });
  expect(stack.provider.takeCalls()).toEqual(["delete b", "delete a", "create a", "create b"]);
  expect(stack.provider.things.size).toBe(3);
});

test("replaceOnChanges and ignoreChanges have the last word", async () => {
  const thing = (weight: number, tag: string) => ({
    resources: [
      {
        name: "a",
        inputs: { weight, tag },
        options: { replaceOnChanges: ["weight"], ignoreChanges: ["tag"] },
      },
    ],
  });
  await stack.up(thing(1, "x"));
  expect(changes(await stack.up(thing(1, "y")))).toEqual([]);
  expect(changes(await stack.up(thing(2, "y")))).toEqual(["replace a"]);
  expect((await stack.resource("a"))?.inputs).toMatchObject({ weight: 2, tag: "y" });
});

test("a rename with an alias keeps the resource, and its children", async () => {
  await stack.up({
    resources: [
      { name: "old", component: true },
      { name: "old-child", parent: "old" },
    ],
  });
  stack.provider.takeCalls();
  const renamed = {
    resources: [
      { name: "new", component: true as const, options: { aliases: [{ name: "old" }] } },
      { name: "new-child", parent: "new" },
    ],
  };
  expect(changes(await stack.up(renamed))).toEqual([]);
  expect(stack.provider.takeCalls()).toEqual([]);
  expect((await stack.resource("new-child"))?.id).toBe("thing-1");
  expect(changes(await stack.up(renamed))).toEqual([]);
});

test("protected resources stay, retained ones are forgotten, what is deletedWith another goes without a call", async () => {
  await stack.up({
    resources: [
      { name: "guarded", options: { protect: true } },
      { name: "kept", options: { retainOnDelete: true } },
      { name: "host" },
      { name: "guest", deletedWith: "host" },
    ],
  });
  stack.provider.takeCalls();
  const refused = await stack.up({ resources: [{ name: "guarded", options: { protect: true } }] });
  expect(refused.succeeded).toBe(true);
  expect(stack.provider.takeCalls()).toEqual(["delete host"]);
  const gone = await stack.up({ resources: [] });
  expect(gone.succeeded).toBe(false);
  expect(errors(gone)).toContain("protected");
  expect(stack.provider.takeCalls()).toEqual([]);
  expect((await stack.resource("guarded"))?.protect).toBe(true);
});

test("targets alone change", async () => {
  const both = (weight: number) => ({
    resources: [
      { name: "a", inputs: { weight } },
      { name: "b", inputs: { weight } },
    ],
  });
  await stack.up(both(1));
  stack.provider.takeCalls();
  stack.provider.asked.splice(0);
  const result = await stack.up(
    { resources: [...both(2).resources, { name: "new" }] },
    { targets: [stack.urn("a")] },
  );
  expect(errors(result)).toBe("");
  expect(changes(result)).toEqual(["update a"]);
  expect(stack.provider.takeCalls()).toEqual(["update a"]);
  expect(stack.provider.asked).toEqual(["check a", "diff a"]);
  expect((await stack.resource("b"))?.inputs).toEqual({ weight: 1 });
  expect(await stack.resource("new")).toBeUndefined();
});

test("what is no target and goes with what it depends on is made anew as it was", async () => {
  const two = (tag: string, of: Readonly<Record<string, string>>) => ({
    resources: [
      { name: "a", inputs: { tag }, options: { deleteBeforeReplace: true } },
      { name: "b", inputs: { weight: 1 }, from: of },
    ],
  });
  stack.provider.replaceOn = ["tag", "of"];
  await stack.up(two("x", { of: "a.id" }));
  const before = (await stack.resource("b"))?.inputs;
  stack.provider.takeCalls();
  const result = await stack.up(two("y", {}), { targets: [stack.urn("a")] });
  expect(errors(result)).toBe("");
  // Nothing holds them together any more: either may come first.
  expect(stack.provider.takeCalls().toSorted()).toEqual([
    "create a",
    "create b",
    "delete a",
    "delete b",
  ]);
  expect((await stack.resource("b"))?.inputs).toEqual(before);
});

test("refresh takes over what is found, destroy leaves nothing", async () => {
  await stack.up({
    resources: [{ name: "a", inputs: { weight: 1 } }, { name: "b" }],
    outputs: { weight: "a.weight" },
  });
  stack.provider.things.set((await stack.resource("a"))?.id ?? "", { weight: 7, size: 1 });
  stack.provider.things.delete((await stack.resource("b"))?.id ?? "");
  const refreshed = await stack.engine.refresh(stack.workspace());
  // Its inputs are what the program states: the next update would not act.
  expect(changes(refreshed)).toEqual(["delete b"]);
  expect((await stack.resource("a"))?.outputs).toMatchObject({ weight: 7 });
  stack.provider.takeCalls();
  const destroyed = await stack.engine.destroy(stack.workspace());
  expect(destroyed).toMatchObject({ succeeded: true, operations: { delete: 2 } });
  expect(stack.provider.takeCalls()).toEqual(["delete a"]);
  expect((await stack.state()).resources).toEqual([]);
});

test("timeouts reach the provider, and independent resources run side by side within the limit", async () => {
  let running = 0;
  let most = 0;
  stack.provider.onCall = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 150));
    running -= 1;
  };
  const names = ["a", "b", "c", "d", "e"];
  await stack.up(
    {
      resources: names.map((name) => ({ name, options: { customTimeouts: { create: "1m30s" } } })),
    },
    { parallel: 3 },
  );
  expect(most).toBe(3);
  expect(stack.provider.calls[0]?.timeoutSeconds).toBe(90);
});
