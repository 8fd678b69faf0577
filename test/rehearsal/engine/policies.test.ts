import { beforeEach, expect, test } from "vitest";
import { changes, errors, Fixture, packAt } from "./fixture.ts";

let stack: Fixture;
beforeEach(async () => {
  stack = await Fixture.create();
  return () => stack.remove();
});

const policyPacks = [packAt("gates")];
const group = (weight: number, more: Readonly<Record<string, unknown>> = {}) => ({
  resources: [
    { name: "group", component: true as const, inputs: { weight } },
    { name: "record", parent: "group", inputs: { weight, ...more } },
  ],
  outputs: { moved: "record.weight" },
});

test("a refused component stops its children before any call, each time it is tried", async () => {
  await stack.up(group(10), { policyPacks });
  stack.provider.takeCalls();

  const preview = await stack.preview(group(50), { policyPacks });
  expect(preview.succeeded).toBe(false);
  expect(changes(preview)).toEqual(["update group", "update record"]);

  for (const attempt of [1, 2]) {
    const refused = await stack.up(group(50), { policyPacks });
    expect(refused, `attempt ${attempt}`).toMatchObject({
      succeeded: false,
      outputs: { moved: 10 },
      violations: [
        {
          policy: "no-big-jump",
          pack: "gates",
          level: "mandatory",
          urn: stack.urn("group", "test:index:Group"),
        },
      ],
    });
    expect(refused.violations[0]?.message).toContain("weight 50 is more than 10");
    expect(refused.milliseconds).toBeLessThan(15_000);
    expect(stack.provider.takeCalls()).toEqual([]);
  }

  const back = await stack.up(group(5), { policyPacks });
  expect(changes(back)).toEqual(["update group", "update record"]);
  expect(back.outputs).toEqual({ moved: 5 });
});

test("advice does not stop anything, and a remediation reaches the provider", async () => {
  const result = await stack.up(group(5, { ownerless: true, tag: "please" }), { policyPacks });
  expect(result.succeeded).toBe(true);
  expect(result.violations).toMatchObject([{ policy: "advice", level: "advisory" }]);
  expect(stack.provider.calls[0]?.inputs["tag"]).toBe("given");
});

test("a stack policy refuses after everything was done", async () => {
  const things = ["a", "b", "c"].map((name) => ({ name }));
  const result = await stack.up({ resources: things }, { policyPacks });
  expect(result.succeeded).toBe(false);
  expect(result.violations).toMatchObject([{ policy: "few-things", level: "mandatory" }]);
  expect(stack.provider.takeCalls().toSorted()).toEqual(["create a", "create b", "create c"]);
});

test("a policy that throws, or a pack that cannot start, fails the update before anything is done", async () => {
  const crashed = await stack.up(
    { resources: [{ name: "a", inputs: { crash: true } }] },
    { policyPacks },
  );
  expect(errors(crashed)).toContain("the policy itself is broken");
  const broken = await stack.up(
    { resources: [{ name: "a" }] },
    { policyPacks: [packAt("broken")] },
  );
  expect(errors(broken)).toContain("this pack cannot start");
  expect(stack.provider.takeCalls()).toEqual([]);
  await expect(stack.up({ resources: [] }, { policyPacks: [packAt("absent")] })).rejects.toThrow(
    /PulumiPolicy.yaml: the file is missing/,
  );
});
