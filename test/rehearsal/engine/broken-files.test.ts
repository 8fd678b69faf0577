import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BadInput } from "../../../definition/bad-input.ts";
import type { OperationOptions } from "../../../engine/engine.ts";
import { Fixture } from "./fixture.ts";

let stack: Fixture;
let intact: string;
const declaration = {
  resources: [{ name: "a", inputs: { password: "x" }, secret: ["password"] }],
};
beforeAll(async () => {
  stack = await Fixture.create();
  await stack.up(declaration);
  intact = await stack.stateText();
  stack.provider.takeCalls();
});
afterAll(() => stack.remove());

async function refusal(options: OperationOptions = {}): Promise<string> {
  const error = await stack.up(declaration, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInput);
  expect(stack.provider.takeCalls()).toEqual([]);
  expect(await stack.engine.lockHolder(stack.workspace()).catch(() => undefined)).toBeUndefined();
  const message = error instanceof Error ? error.message : "";
  expect(message).not.toContain("\n");
  expect(message).toMatch(/Nothing changed\.$/);
  return message;
}

test.for([
  { state: "half written", text: () => intact.slice(0, 400), found: /JSON/ },
  { state: "no object", text: () => "[]", found: /no object/ },
  {
    state: "of another version",
    text: () => intact.replace('"version":3', '"version":5'),
    found: /version 5/,
  },
  {
    state: "of a kind that uses more",
    text: () => intact.replace('"version":3', '"version":4,"features":["hooks","views"]'),
    found: /uses views/,
  },
  {
    state: "of another secrets provider",
    text: () => intact.replace('"type":"passphrase"', '"type":"cloud"'),
    found: /"cloud"/,
  },
  {
    state: "without a type",
    text: () => intact.replaceAll('"type":"test:index:Thing",', ""),
    found: /without urn or type/,
  },
  {
    state: "under another key",
    text: () => intact.replace(/"ciphertext":"v1:[^"]+"/, '"ciphertext":"v1:AAAA:AAAA"'),
    found: /does not open/,
  },
])("a state file that is $state is one clear line", async ({ text, found }) => {
  await writeFile(stack.stateFile, text());
  const message = await refusal();
  await writeFile(stack.stateFile, intact);
  expect(message).toMatch(found);
  expect(message.startsWith(`${stack.stateFile}: `)).toBe(true);
  expect(message).toContain("expected the state of a stack as Pulumi writes it. Restore it");
});

test("a state file in which the real engine has noted hooks is read like any other", async () => {
  await writeFile(
    stack.stateFile,
    intact.replace('"version":3', '"version":4,"features":["hooks"]'),
  );
  const { succeeded, operations } = await stack.up(declaration);
  expect({ succeeded, ...operations }).toMatchObject({ succeeded: true, create: 0, update: 0 });
  await writeFile(stack.stateFile, intact);
  stack.provider.takeCalls();
});

test("a passphrase that does not open the state is named, and so is one that is missing", async () => {
  const workspace = stack.declaring(declaration);
  const other = {
    ...workspace,
    environment: { ...workspace.environment, PULUMI_CONFIG_PASSPHRASE: "wrong" },
  };
  await expect(stack.engine.up(other)).rejects.toThrow(
    /dev\.json: a secret that PULUMI_CONFIG_PASSPHRASE does not open, expected the passphrase under which .* Set PULUMI_CONFIG_PASSPHRASE to it\. Nothing changed\.$/,
  );
});

test.for([
  { plan: "missing", text: undefined, found: "no such file" },
  { plan: "half written", text: '{"manifest":', found: "JSON" },
  { plan: "something else", text: "{}", found: "no manifest" },
])("a plan that is $plan is one clear line", async ({ text, found }) => {
  const plan = join(stack.directory, "plan.json");
  if (text !== undefined) {
    await writeFile(plan, text);
  }
  const message = await refusal({ plan });
  expect(message.startsWith(`${plan}: `)).toBe(true);
  expect(message).toContain(found);
  expect(message).toContain("expected a plan that a preview saved. Run the preview once more.");
});

test("a stack's config that is no YAML is one clear line", async () => {
  await writeFile(join(stack.directory, "Pulumi.dev.yaml"), "config: [");
  const error = await stack.up(declaration).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BadInput);
  expect(String(error)).toMatch(/Pulumi\.dev\.yaml: .*expected the config of a stack/);
  expect(String(error)).not.toContain("\n");
});
