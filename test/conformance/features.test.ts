import { describe, expect, test } from "vitest";
import type { DeclaredResource } from "../rehearsal/engine/programs/declared/declaration.ts";
import { freshPair } from "./alike.ts";
import { missing } from "./real-cli.ts";
import { program, stories } from "./stories.ts";

const pair = freshPair();

describe.skipIf(missing !== undefined)("both engines preview, do and record alike", () => {
  test.for(Object.entries(stories))("%s", async ([, declarations]) => {
    const { alike } = pair();
    for (const declaration of declarations) {
      await alike("preview", declaration);
      await alike("up", declaration);
      await alike("up", declaration);
    }
  });

  test("targets alone change, and nothing that is no target is made or removed", async () => {
    const { alike, twins } = pair();
    const both = (weight: number): readonly DeclaredResource[] => [
      { name: "a", inputs: { weight } },
      { name: "b", inputs: { weight } },
    ];
    await alike("up", program(both(1)));
    const changed = program([...both(2), { name: "new" }], { weight: "a.weight" });
    const targets = [twins.real.urn("a")];
    await alike("preview", changed, { targets });
    expect((await alike("up", changed, { targets })).calls).toEqual(["update a"]);
    const missing = [twins.real.urn("nobody")];
    expect(await alike("up", changed, { targets: missing })).toMatchObject({ succeeded: false });
  });

  test("what is no target and goes with what it depends on is made anew as it was", async () => {
    const { alike, twins } = pair();
    const two = (tag: string, of: Readonly<Record<string, string>>) =>
      program([
        { name: "a", inputs: { tag }, options: { deleteBeforeReplace: true } },
        { name: "b", inputs: { weight: 1 }, from: of },
      ]);
    await twins.both(({ provider }) => {
      provider.replaceOn = ["tag", "of"];
    });
    await alike("up", two("x", { of: "a.id" }));
    const targets = [twins.real.urn("a")];
    await alike("preview", two("y", {}), { targets });
    expect((await alike("up", two("y", {}), { targets })).calls.toSorted()).toEqual([
      "create a",
      "create b",
      "delete a",
      "delete b",
    ]);
  });

  test("a refresh takes over what was changed and removed by hand", async () => {
    const { alike, twins } = pair();
    const three = program(
      [
        { name: "a", inputs: { weight: 1 } },
        { name: "b", from: { of: "a.id" } },
        { name: "c", from: { of: "b.id" } },
      ],
      { weight: "a.weight" },
    );
    await alike("up", three);
    await twins.both(({ provider }) => {
      provider.things.set("thing-1", { weight: 7, size: 1 });
      provider.things.delete("thing-2");
    });
    // What is found of `a` is recorded, but its inputs are as the program states them: no update is due.
    expect((await alike("refresh", three)).steps).toEqual([
      "done delete b",
      "done same a",
      "done same c",
      "done same demo-dev",
    ]);
    expect(await twins.real.stateText()).toContain('"weight":7');
    await alike("up", three);
    expect((await alike("destroy", three)).operations).toMatchObject({ delete: 4 });
  });

  test("independent resources run side by side within the limit", async () => {
    const { twins } = pair();
    const most = { real: 0, embedded: 0 };
    for (const name of ["real", "embedded"] as const) {
      let running = 0;
      twins[name].provider.onCall = async () => {
        running += 1;
        most[name] = Math.max(most[name], running);
        await new Promise((resolve) => setTimeout(resolve, 300));
        running -= 1;
      };
    }
    const names = ["a", "b", "c", "d", "e"];
    const resources = names.map((name) => ({ name, options: { protect: true } }));
    const { real, embedded } = await twins.run("up", { resources }, { parallel: 3 });
    expect([real.succeeded, embedded.succeeded]).toEqual([true, true]);
    expect(most).toEqual({ real: 3, embedded: 3 });
  });
});
