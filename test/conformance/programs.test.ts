import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Engine, OperationResult } from "../../engine/engine.ts";
import { PulumiEngine } from "../../engine/pulumi-engine.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { errors, Fixture } from "../rehearsal/engine/fixture.ts";
import { missing } from "./real-cli.ts";

/** What must be the same of an update of a program that runs as everybody's does. */
interface Told {
  readonly succeeded: boolean;
  readonly steps: readonly string[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly calls: readonly string[];
}

let engines: readonly Engine[] = [];

/** Goes through the same on a stack of each engine and compares what each act came to. */
const onBoth = async (
  program: string,
  acts: (
    stack: Fixture,
    up: (environment?: Readonly<Record<string, string>>) => Promise<OperationResult>,
  ) => Promise<void>,
): Promise<readonly Told[]> => {
  const told = await Promise.all(
    engines.map(async (engine) => {
      const stack = await Fixture.create(program, { "demo:weight": "0" });
      const heard: Told[] = [];
      try {
        await acts(stack, async (environment = {}) => {
          const home = {
            PULUMI_HOME: join(stack.directory, "home"),
            PULUMI_SKIP_UPDATE_CHECK: "1",
          };
          const result = await engine.up(stack.workspace({ ...home, ...environment }));
          heard.push({
            succeeded: result.succeeded,
            steps: result.steps
              .map(
                ({ operation, urn, outcome }) =>
                  `${outcome} ${operation} ${urn.split("::").at(-1) ?? ""}`,
              )
              .toSorted(),
            outputs: result.outputs,
            calls: stack.provider.takeCalls(),
          });
          return result;
        });
        return heard;
      } finally {
        await stack.remove();
      }
    }),
  );
  const [real = [], embedded = []] = told;
  expect(embedded).toEqual(real);
  return real;
};

describe.skipIf(missing !== undefined)("both engines run a program of the SDK alike", () => {
  beforeAll(async () => {
    engines = [await PulumiEngine.create(), new EmbeddedEngine()];
  });

  test("a throwing hook prevents what comes after it, and fails the update when it comes last", async () => {
    const told = await onBoth("hooked", async (stack, up) => {
      const log = join(stack.directory, "hooks.log");
      await writeFile(log, "");
      const hooks = { HOOK_LOG: log };
      await up(hooks);
      const before = await up({ ...hooks, WEIGHT: "2", HOOK_THROWS: "before-update" });
      expect(errors(before)).toContain("before-update says no");
      const after = await up({ ...hooks, WEIGHT: "2", HOOK_THROWS: "after-update" });
      expect(errors(after)).toContain("after-update says no");
      await up({ ...hooks, WITHOUT_THING: "yes" });
      const ran = (await readFile(log, "utf8")).split("\n").map((line) => line.split(" ")[0]);
      expect(ran).toEqual([
        "before-create",
        "after-create",
        "before-update",
        "before-update",
        "after-update",
        "before-delete",
        "after-delete",
        "",
      ]);
    });
    expect(told.map(({ calls }) => calls)).toEqual([
      ["create hooked"],
      [],
      ["update hooked"],
      ["delete hooked"],
    ]);
  });

  test("a stack that reads its own outputs, through a failure and the next attempt", async () => {
    const to = (stack: Fixture, weight: number): Promise<void> =>
      stack.configure({ "cutover:environment": "rehearsal", "demo:weight": weight });
    const told = await onBoth("self-reference", async (stack, up) => {
      await up();
      await to(stack, 10);
      await up();
      await to(stack, 50);
      stack.provider.failing.set("record", "refused");
      await up();
      stack.provider.failing.clear();
      await up();
    });
    // What was asked is recorded even though it failed; what was moved is not.
    expect(told[2]).toMatchObject({ succeeded: false, outputs: { moved: 10 } });
    expect(told[3]).toMatchObject({ succeeded: true, outputs: { asked: 50, moved: 50 } });
  });

  test("a resource that others manage is read, and a function is called", async () => {
    const told = await onBoth("reading", async (stack, up) => {
      stack.provider.things.set("of-others", { weight: 7 });
      await up();
      await up();
      stack.provider.things.set("of-others", { weight: 8 });
      await up();
    });
    expect(told[2]).toMatchObject({ succeeded: true, outputs: { weight: 8, echo: { key: "x" } } });
  });

  test("a dynamic resource", async () => {
    const told = await onBoth("dynamic", async (stack, up) => {
      await up();
      await stack.configure({ "cutover:environment": "rehearsal", "demo:weight": 3 });
      await up();
    });
    expect(told[1]).toMatchObject({ succeeded: true, outputs: { doubled: 6 } });
  });
});
