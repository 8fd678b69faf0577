import { access } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { changes, errors, Fixture } from "./fixture.ts";

let stack: Fixture;
beforeEach(async () => {
  stack = await Fixture.create();
  return () => stack.remove();
});

const two = (weight: number) => ({
  resources: [
    { name: "a", inputs: { weight } },
    { name: "b", from: { of: "a.size" } },
  ],
  outputs: { size: "a.size", weight: "a.weight" },
});

test("a preview shows everything, changes nothing and knows what it cannot know", async () => {
  stack.provider.supportsPreview = true;
  const preview = await stack.preview(two(1));
  expect(errors(preview)).toBe("");
  expect(changes(preview)).toEqual(["create demo-dev", "create a", "create b"]);
  expect(preview.steps.every(({ outcome }) => outcome === "planned")).toBe(true);
  expect(preview.outputs).toEqual({ size: "[unknown]", weight: 1 });
  expect(stack.provider.takeCalls()).toEqual([]);
  await expect(access(join(stack.directory, "state/.pulumi/stacks"))).rejects.toThrow();
});

test("an update follows its plan, and goes no step beyond it", async () => {
  await stack.up(two(1));
  const plan = join(stack.directory, "plan.json");
  const preview = await stack.preview(two(2), { savePlan: plan });
  // What an update makes of a.size is unknown beforehand, so b may have to follow.
  expect(changes(preview)).toEqual(["update a", "update b"]);
  stack.provider.takeCalls();

  const other = await stack.up(two(3), { plan });
  expect(other.succeeded).toBe(false);
  expect(errors(other)).toContain("violates plan: properties changed: ~weight");
  const more = await stack.up(
    { ...two(2), resources: [...two(2).resources, { name: "extra" }] },
    { plan },
  );
  expect(errors(more)).toContain("create is not allowed by the plan");
  expect(stack.provider.calls.map(({ name }) => name)).not.toContain("extra");
  stack.provider.takeCalls();

  const planned = await stack.up(two(2), { plan });
  expect(errors(planned)).toBe("");
  const twice = await stack.up(two(2), { plan });
  expect(errors(twice)).toBe("");
  expect(changes(twice)).toEqual([]);
});

test("stack outputs are held against the plan, too", async () => {
  await stack.up({ resources: [{ name: "a" }], outputs: { note: "x" } });
  const plan = join(stack.directory, "plan.json");
  await stack.preview({ resources: [{ name: "a" }], outputs: { note: "y" } }, { savePlan: plan });
  const result = await stack.up({ resources: [{ name: "a" }], outputs: { note: "z" } }, { plan });
  expect(errors(result)).toContain("violates plan: properties changed: ~note");
  expect(result.outputs).toEqual({ note: "x" });
});
