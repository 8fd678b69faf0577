import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import { savedPlanHash } from "../../definition/saved-plan-hash.ts";

const plan = {
  manifest: { time: "2026-01-10T22:00:00Z", magic: "abc", version: "3.260.0" },
  config: { "lms:trafficWeight": { value: "10" } },
  resourcePlans: {
    "urn:pulumi:prod::cutover::a::one": {
      goal: { inputDiff: {} },
      steps: ["update"],
      seed: "AAA=",
    },
    "urn:pulumi:prod::cutover::a::two": { goal: { seed: "kept" }, steps: ["same"], seed: "BBB=" },
  },
};
const hash = (value: unknown) => savedPlanHash(JSON.stringify(value), "plan.json");
const one = "urn:pulumi:prod::cutover::a::one";

describe("two previews of one change have one digest", () => {
  test("whatever their time and their seeds", () => {
    const again = structuredClone(plan);
    again.manifest = { time: "2026-01-10T23:00:00Z", magic: "def", version: "3.261.0" };
    again.resourcePlans[one].seed = "CCC=";
    expect(hash(again)).toBe(hash(plan));
  });
  test("in whatever order the engine lists what is removed", () => {
    const removing = (...deletes: readonly string[]) => ({
      ...plan,
      resourcePlans: { [one]: { goal: { inputDiff: { deletes } }, steps: ["update"] } },
    });
    expect(hash(removing("size", "password"))).toBe(hash(removing("password", "size")));
    expect(hash(removing("size"))).not.toBe(hash(removing("password")));
  });
  test("however they are written", () => {
    const { manifest, config, resourcePlans } = plan;
    expect(
      savedPlanHash(JSON.stringify({ resourcePlans, config, manifest }, undefined, 4), ""),
    ).toBe(hash(plan));
  });
});

test("any other difference is another digest", () => {
  const changes = [
    { ...plan, config: { "lms:trafficWeight": { value: "50" } } },
    { ...plan, resourcePlans: { ...plan.resourcePlans, more: {} } },
    { ...plan, resourcePlans: { [one]: plan.resourcePlans[one] } },
    {
      ...plan,
      resourcePlans: {
        ...plan.resourcePlans,
        [one]: { ...plan.resourcePlans[one], steps: ["delete"] },
      },
    },
    { ...plan, seed: "AAA=" },
  ];
  expect(new Set([plan, ...changes].map(hash)).size).toBe(changes.length + 1);
});

test("a seed that a resource has among its own values is part of the digest", () => {
  const other = structuredClone(plan);
  other.resourcePlans["urn:pulumi:prod::cutover::a::two"].goal.seed = "changed";
  expect(hash(other)).not.toBe(hash(plan));
});

test("a key that stands twice could be read in two ways, and is refused", () => {
  const smuggled = JSON.stringify(plan).replace(
    '"resourcePlans":',
    '"resourcePlans":{"urn:evil":{}},"resourcePlans":',
  );
  expect(() => savedPlanHash(smuggled, "plan.json")).toThrow(
    "plan.json: a plan with a key that stands twice, expected",
  );
  // A text that only looks like keys is none.
  expect(() =>
    hash({ ...plan, config: { note: 'a "quoted": text', b: '\\"x\\":' } }),
  ).not.toThrow();
});

test("whatever is no saved plan is one line of bad input", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      try {
        savedPlanHash(text, "plan.json");
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(BadInput);
        expect((error as Error).message).toMatch(/^plan\.json: [^\n]+$/);
      }
    }),
  );
});
