import { describe, expect, test } from "vitest";
import { packAt } from "../rehearsal/engine/fixture.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { freshPair } from "./alike.ts";
import { chain, failing, wellAgain } from "./chain.ts";
import { missing } from "./real-cli.ts";

const pair = freshPair();
const inTurn = true;
const policyPacks = [packAt("gates")];

describe.skipIf(missing !== undefined)("both engines fail alike, and go on alike", () => {
  test("a provider that fails to create, to update and to delete", async () => {
    const { alike, twins } = pair();
    await twins.both((stack) => failing(stack, "b"));
    expect(await alike("up", chain(1))).toMatchObject({
      succeeded: false,
      calls: ["create a", "create b"],
    });
    await twins.both(wellAgain);
    expect((await alike("up", chain(1))).calls).toEqual(["create b", "create c"]);

    await twins.both((stack) => failing(stack, "b"));
    await alike("preview", chain(2));
    const half = await alike("up", chain(2));
    // The program never came to its outputs.
    expect(half).toMatchObject({ succeeded: false, outputs: { a: 1, c: 1 } });
    await twins.both(wellAgain);
    await alike("up", chain(2));

    await twins.both((stack) => failing(stack, "c"));
    expect(await alike("up", { inTurn, resources: [] })).toMatchObject({
      succeeded: false,
      calls: ["delete c"],
    });
    await twins.both(wellAgain);
    await alike("up", { inTurn, resources: [] });
  });

  test("a resource that stands but is not well is waited for once more", async () => {
    const { alike, twins } = pair();
    await twins.both(
      ({ provider }) => void provider.unhealthy.set("a", "0 of 3 replicas are ready"),
    );
    await alike("up", chain(1));
    await alike("up", chain(1));
    await alike("refresh", chain(1));
    await twins.both(wellAgain);
    await alike("up", chain(1));
    await alike("up", chain(1));
  });

  test("inputs that the provider refuses", async () => {
    const { alike } = pair();
    await alike("up", chain(1));
    const refused = chain(1, [{ name: "d", inputs: { invalid: true } }, { name: "e" }]);
    expect(await alike("preview", refused)).toMatchObject({ succeeded: false });
    expect(await alike("up", refused)).toMatchObject({ succeeded: false, calls: [] });
  });

  test("a program that throws deletes nothing", async () => {
    const { alike } = pair();
    await alike("up", chain(1));
    const thrown = await alike("up", { inTurn, resources: [{ name: "a" }], throws: "broken" });
    expect(thrown).toMatchObject({ succeeded: false, hasErrors: true });
    expect(thrown.calls).toEqual(["update a"]);
  });

  test("a component that a policy refuses stops its children, each time, and keeps the outputs", async () => {
    const { alike } = pair();
    const group = (weight: number): Declaration => ({
      inTurn,
      resources: [
        { name: "before", inputs: { weight } },
        { name: "group", component: true, inputs: { weight } },
        { name: "record", parent: "group", inputs: { weight } },
      ],
      outputs: { moved: "record.weight", asked: weight },
    });
    await alike("up", group(5), { policyPacks });
    await alike("preview", group(50), { policyPacks });
    for (const attempt of [1, 2]) {
      const refused = await alike("up", group(50), { policyPacks });
      expect(refused.violations, `attempt ${attempt}`).toEqual([
        {
          policy: "no-big-jump",
          pack: "gates",
          level: "mandatory",
          at: "group",
          message: expect.stringContaining("weight 50 is more than 10") as string,
        },
      ]);
      expect(refused.outputs).toMatchObject({ moved: 5 });
    }
    expect((await alike("up", group(6), { policyPacks })).succeeded).toBe(true);
  });

  test("a component that a policy refuses stops its children also where they alone are targets", async () => {
    const { alike } = pair();
    const group = (weight: number): Declaration => ({
      inTurn,
      resources: [
        { name: "group", component: true, inputs: { weight } },
        { name: "record", parent: "group", inputs: { weight } },
      ],
    });
    await alike("up", group(5), { policyPacks });
    const targets = ["urn:pulumi:dev::demo::test:index:Group$test:index:Thing::record"];
    expect(await alike("up", group(50), { policyPacks, targets })).toMatchObject({
      succeeded: false,
      calls: [],
    });
  });

  test("a policy that reads what a preview does not know only advises", async () => {
    const { alike } = pair();
    const preview = await alike(
      "preview",
      {
        inTurn,
        resources: [
          { name: "a" },
          { name: "group", component: true, from: { weight: "a.size" } },
          { name: "record", parent: "group" },
        ],
      },
      { policyPacks },
    );
    expect(preview).toMatchObject({ succeeded: true, violations: [{ level: "advisory" }] });
  });

  test("a stack that a policy refuses has changed nevertheless", async () => {
    const { alike } = pair();
    const refused = await alike("up", chain(1), { policyPacks });
    expect(refused).toMatchObject({
      succeeded: false,
      calls: ["create a", "create b", "create c"],
      violations: [{ policy: "few-things", at: "demo-dev" }],
    });
  });

  test("advice, a remediation, and a policy that throws", async () => {
    const { alike } = pair();
    const thing = (inputs: Readonly<Record<string, unknown>>): Declaration => ({
      inTurn,
      resources: [{ name: "a", inputs }],
    });
    const advised = await alike("up", thing({ ownerless: true, tag: "please" }), { policyPacks });
    expect(advised).toMatchObject({ succeeded: true, violations: [{ level: "advisory" }] });
    expect(await alike("preview", thing({ crash: true }), { policyPacks })).toMatchObject({
      succeeded: false,
    });
    expect(await alike("up", thing({ crash: true }), { policyPacks })).toMatchObject({
      succeeded: false,
      calls: [],
    });
  });
});
