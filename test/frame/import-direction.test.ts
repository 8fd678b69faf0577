import { ESLint } from "eslint";
import { expect, test } from "vitest";

/** The project's own configuration, without the rules that need types: snippets are in no program. */
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) =>
    ruleId === "frame/import-direction" || ruleId.startsWith("no-restricted-"),
});

const problemsOf = async (code: string, filePath: string): Promise<readonly string[]> => {
  const results = await eslint.lintText(`${code}\n`, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
};

const direction = expect.stringContaining("lint/layers.js");

test.for([
  ["definition/ladder.ts", 'import { x } from "../stacks/lms.ts";'],
  ["definition/ladder.ts", 'import { x } from "../components/program.ts";'],
  ["definition/deep/er.ts", 'import type { x } from "../../engine/engine.ts";'],
  ["definition/ladder.ts", 'import * as pulumi from "@pulumi/pulumi";'],
  ["definition/ladder.ts", 'export * from "../policies/judge.ts";'],
  ["definition/ladder.ts", 'export type X = import("../policies/judge.ts").Judgement;'],
  ["stacks/new.ts", 'import { x } from "../policies/judge.ts";'],
  ["stacks/new.ts", 'import { x } from "../rehearsal/rehearse.ts";'],
  ["stacks/new.ts", 'import { lms } from "./../cli/main.ts";'],
  ["components/new.ts", 'import { lms } from "../stacks/lms.ts";'],
  ["components/new.ts", 'import { x } from "../policies/judge.ts";'],
  ["components/new.ts", 'import { x } from "../engine/engine.ts";'],
  ["components/new.ts", 'await import("../rehearsal/rehearse.ts");'],
  ["policies/new.ts", 'import { x } from "../components/cutover.ts";'],
  ["policies/facts/new.ts", 'import { x } from "../../rehearsal/clock.ts";'],
  ["engine/new.ts", 'import { x } from "../components/program.ts";'],
  ["engine/new.ts", 'import { x } from "../rehearsal/clock.ts";'],
  ["engine/new.ts", 'import { z } from "zod";'],
  ["rehearsal/new.ts", 'import { x } from "../cli/main.ts";'],
  ["rehearsal/world/new.ts", 'import { x } from "../../cli/main.ts";'],
  ["rehearsal/new.ts", 'import { x } from "../test/rehearsal/x.ts";'],
  ["cli/new.ts", 'import { x } from "../test/cli/x.ts";'],
  ["index.ts", 'import { x } from "./rehearsal/rehearse.ts";'],
  ["index.ts", 'import { x } from "./policies/judge.ts";'],
] as const)("%s: %s is an error", async ([file, code]) => {
  expect(await problemsOf(code, file)).toEqual([direction]);
});

test.for([
  ["definition/ladder.ts", 'export { x } from "./stage.ts";'],
  ["definition/deep/er.ts", 'export { x } from "../stage.ts";'],
  ["definition/ladder.ts", 'export { z } from "zod";'],
  ["stacks/new.ts", 'export { x } from "../definition/system.ts";'],
  ["stacks/new.ts", 'export { x } from "../components/migration.ts";'],
  ["components/new.ts", 'export { x } from "../definition/system.ts";'],
  ["components/new.ts", 'export * as pulumi from "@pulumi/pulumi";'],
  ["policies/new.ts", 'export { x } from "./rules/rule.ts";'],
  ["policies/facts/new.ts", 'export { x } from "../../definition/units.ts";'],
  ["engine/new.ts", 'export { x } from "node:fs";'],
  ["engine/new.ts", 'export { x } from "../definition/posture.ts";'],
  ["rehearsal/new.ts", 'export { x } from "../policies/judge.ts";'],
  ["rehearsal/world/new.ts", 'export { x } from "../../engine/engine.ts";'],
  ["cli/new.ts", 'export { x } from "../rehearsal/rehearse.ts";'],
  [
    "test/new.ts",
    'export { x } from "../cli/main.ts"; export { y } from "../rehearsal/rehearse.ts";',
  ],
  [
    "bench/new.ts",
    'export { x } from "../cli/main.ts"; export { y } from "../rehearsal/rehearse.ts";',
  ],
  ["index.ts", 'export { x } from "./components/program.ts";'],
] as const)("%s: %s is fine", async ([file, code]) => {
  expect(await problemsOf(code, file)).toEqual([]);
});

test.for([
  ["rehearsal/new.ts", "vitest"],
  ["definition/new.ts", "not-there"],
  ["test/new.ts", "@not/there"],
] as const)("%s: %s, which package.json does not give it, is an error", async ([file, name]) => {
  expect(await problemsOf(`import "${name}/deep/er.js";`, file)).toEqual([
    expect.stringContaining("package.json"),
  ]);
});

test("a folder that nobody gave a layer is an error", async () => {
  expect(await problemsOf("export const x = 1;", "elsewhere/new.ts")).toEqual([direction]);
});

test.for([
  'import { x } from "../judge.ts";',
  'import { x } from "../facts/datadog-reader.ts";',
  'import { x } from "../../definition/catalogue.ts";',
  'import { x } from "../../components/cutover.ts";',
  'import * as pulumi from "@pulumi/pulumi";',
  'import type { PolicyPack } from "@pulumi/policy";',
  'import { z } from "zod";',
  'import { readFileSync } from "node:fs";',
  'import { get } from "node:http";',
  'import { execFile } from "child_process";',
  'import { performance } from "node:perf_hooks";',
])("a rule must not: %s", async (code) => {
  expect(await problemsOf(code, "policies/rules/new.ts")).toEqual([direction]);
});

test.for([
  "export const now = Date.now();",
  "const { now } = Date;",
  "export const now = new Date();",
  "export const now = Date();",
  "export const now = performance.now();",
  "export const now = Temporal.Now.instant();",
  "export const one = Math.random();",
  'export const one = fetch("http://127.0.0.1");',
  "export const one = process.env;",
  "export const one = globalThis.Date;",
  "setTimeout(() => 1, 1);",
  "export const late = async () => 1;",
  "export const load = (name: string) => import(name);",
])("a rule must not: %s", async (code) => {
  expect(await problemsOf(code, "policies/rules/new.ts")).not.toEqual([]);
  expect(await problemsOf(code, "policies/move.ts")).not.toEqual([]);
});

test.for([
  'export { x } from "./rule.ts";',
  'export { x } from "../../definition/ladder.ts";',
  'export { factTitles } from "../facts/facts.ts";',
  'import type { Point } from "../facts/datadog-reader.ts";',
  'import { type Point } from "../facts/datadog-reader.ts";',
  'export type { Point } from "../facts/datadog-reader.ts";',
  'export { Temporal } from "@js-temporal/polyfill";',
  "export const at = (instant: number) => new Date(instant).toISOString();",
])("a rule may: %s", async (code) => {
  expect(await problemsOf(code, "policies/rules/new.ts")).toEqual([]);
});
