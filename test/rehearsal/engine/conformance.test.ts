import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { existsSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { errors, Fixture } from "./fixture.ts";
import type { Declaration } from "./programs/declared/declaration.ts";

const installed = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, "pulumi")));

/** Runs the real CLI on a stack. */
function pulumi(
  stack: Fixture,
  declaration: Declaration,
  ...args: readonly string[]
): Promise<string> {
  const { environment, backendUrl } = stack.declaring(declaration);
  const env = {
    ...process.env,
    ...environment,
    PULUMI_BACKEND_URL: backendUrl,
    PULUMI_HOME: join(stack.directory, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_EXPERIMENTAL: "1",
  };
  return new Promise((resolve, reject) => {
    execFile(
      "pulumi",
      [...args, "--non-interactive"],
      { cwd: stack.directory, env },
      (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${stdout}\n${stderr}`)),
    );
  });
}

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

/** A file as both engines must write it: without times, seeds, ciphertexts, random ids and places in the source. */
async function comparable(file: string): Promise<unknown> {
  const dropped = [
    "manifest",
    "created",
    "modified",
    "sourcePosition",
    "stackTrace",
    "seed",
    "salt",
  ];
  const document: unknown = JSON.parse(await readFile(file, "utf8"), (key, value: unknown) => {
    if (dropped.includes(key)) {
      return undefined;
    }
    if (key === "ciphertext") {
      return "…";
    }
    return typeof value === "string"
      ? value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "uuid")
      : value;
  });
  return document;
}

async function stateOf(stack: Fixture): Promise<readonly unknown[]> {
  const file = (await comparable(join(stack.directory, "state/.pulumi/stacks/demo/dev.json"))) as {
    checkpoint: { latest: { resources: { urn: string }[] } };
  };
  return file.checkpoint.latest.resources.toSorted((left, right) =>
    left.urn < right.urn ? -1 : 1,
  );
}

describe.skipIf(!installed)("with the real CLI (skipped where pulumi is not on the PATH)", () => {
  let real: Fixture;
  let embedded: Fixture;
  beforeEach(async () => {
    real = await Fixture.create();
    embedded = await Fixture.create();
    for (const stack of [real, embedded]) {
      await mkdir(join(stack.directory, "state"));
      stack.provider.supportsPreview = true;
    }
    return () => Promise.all([real.remove(), embedded.remove()]);
  });

  test("plans, calls and states are the same, and each goes on where the other stopped", async () => {
    await pulumi(real, { resources: [] }, "stack", "init", "dev");
    for (const { change, replaceOn, declaration } of stages) {
      real.provider.replaceOn = embedded.provider.replaceOn = replaceOn;
      const plans = {
        real: join(real.directory, "plan.json"),
        embedded: join(embedded.directory, "plan.json"),
      };
      await pulumi(real, declaration, "preview", "--save-plan", plans.real);
      expect(
        errors(
          await embedded.engine.preview(embedded.declaring(declaration), {
            savePlan: plans.embedded,
          }),
        ),
      ).toBe("");
      expect(await comparable(plans.embedded), change).toEqual(await comparable(plans.real));

      await pulumi(real, declaration, "up", "--yes", "--skip-preview");
      expect(
        errors(await embedded.engine.up(embedded.declaring(declaration), { plan: plans.embedded })),
      ).toBe("");
      expect(embedded.provider.takeCalls(), change).toEqual(real.provider.takeCalls());
      expect(await stateOf(embedded), change).toEqual(await stateOf(real));
    }
    const last = stages.at(-1)?.declaration ?? { resources: [] };
    const taken = await real.engine.up(real.declaring(last));
    expect(taken).toMatchObject({
      succeeded: true,
      operations: { create: 0, update: 0, replace: 0, delete: 0 },
    });
    await pulumi(embedded, last, "stack", "select", "dev");
    await pulumi(embedded, last, "preview", "--expect-no-changes");
  });
});
