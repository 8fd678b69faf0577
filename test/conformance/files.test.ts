import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { freshPair } from "./alike.ts";
import { comparable } from "./comparable.ts";
import { missing } from "./real-cli.ts";
import { runReal } from "./real-declared.ts";

const stages: readonly {
  readonly change: string;
  readonly replaceOn: readonly string[];
  readonly declaration: Declaration;
}[] = [
  {
    change: "create",
    replaceOn: [],
    declaration: {
      resources: [
        { name: "g", component: true, inputs: { w: 1 } },
        { name: "a", inputs: { weight: 1, password: "x" }, secret: ["password"], parent: "g" },
        {
          name: "b",
          from: { of: "a.id", n: "a.size" },
          options: { customTimeouts: { create: "5m" }, ignoreChanges: ["z"] },
        },
        { name: "c", dependsOn: ["b"], options: { additionalSecretOutputs: ["size"] } },
      ],
      outputs: { id: "a.id", size: "c.size", password: "a.password" },
    },
  },
  {
    change: "update and delete",
    replaceOn: [],
    declaration: {
      resources: [
        { name: "g", component: true, inputs: { w: 2 } },
        { name: "a", inputs: { weight: 2 }, parent: "g" },
        { name: "b", from: { of: "a.id", n: "a.size" } },
      ],
      outputs: { id: "a.id" },
    },
  },
  {
    change: "rename and replace",
    replaceOn: ["weight"],
    declaration: {
      resources: [
        { name: "g2", component: true, inputs: { w: 2 }, options: { aliases: [{ name: "g" }] } },
        { name: "a", inputs: { weight: 3 }, parent: "g2" },
        { name: "b", from: { of: "a.id", n: "a.size" } },
      ],
      outputs: { id: "a.id" },
    },
  },
];

const pair = freshPair();

describe.skipIf(missing !== undefined)("files, with the real CLI", () => {
  test("plans, calls and states are the same, and each goes on where the other stopped", async () => {
    const { twins, alike } = pair();
    for (const { change, replaceOn, declaration } of stages) {
      await twins.both(({ provider }) => void (provider.replaceOn = replaceOn));
      await alike("preview", declaration, ({ directory }) => ({
        savePlan: join(directory, "plan.json"),
      }));
      const [real, embedded] = await Promise.all(
        [twins.real, twins.embedded].map(({ directory }) =>
          comparable(join(directory, "plan.json")),
        ),
      );
      expect(embedded, change).toEqual(real);
      await alike("up", declaration, ({ directory }) => ({ plan: join(directory, "plan.json") }));
    }
    const last = stages.at(-1)?.declaration ?? { resources: [] };
    const nothing = {
      succeeded: true,
      operations: { create: 0, update: 0, replace: 0, delete: 0 },
    };
    expect(await twins.real.up(last)).toMatchObject(nothing);
    expect(await runReal("up", twins.embedded, last)).toMatchObject(nothing);
  });
});
