import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";

const rules = new URL("../../policies/rules/", import.meta.url);
const files = readdirSync(rules).filter((file) => file.endsWith(".ts"));
const tests = readdirSync(new URL("rules/", import.meta.url));

test.for(files.filter((file) => file !== "rule.ts"))("%s has a test", (file) =>
  expect(tests).toContain(file.replace(/\.ts$/, ".test.ts")),
);

test("every rule is in the pack, under the name of its file", () => {
  expect(new Set(allRules.map(({ name }) => name)).size).toBe(allRules.length);
  for (const { name } of allRules) expect(files).toContain(`${name}.ts`);
});

test("only the plan itself may hold up a move back: past its point of no return, and where it asks for an order", () =>
  expect(allRules.filter(({ binds }) => binds.includes("back")).map(({ name }) => name)).toEqual([
    "way-back",
    "way-back-needs",
  ]));

test("before anything is live only the plan, the program, the names, the route's owner and the backup are judged", () =>
  expect(allRules.filter(({ binds }) => binds.includes("begin")).map(({ name }) => name)).toEqual([
    "environment",
    "ladder",
    "structure",
    "watched",
    "ttl-lowered",
    "sole-owner",
    "backup-proof",
  ]));

test.for(files)("%s reads no clock, does no I/O and knows no Pulumi", async (file) => {
  const source = await readFile(new URL(file, rules), "utf8");
  expect(source).not.toMatch(/Date\.now|new Date\(\)|process\.|fetch\(|from "(@pulumi|node:)/);
});
