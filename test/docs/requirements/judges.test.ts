import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { judges } from "../../../docs/requirements/judges.ts";
import { allRules } from "../../../policies/all-rules.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("every judge has its file", () => {
  expect([...judges.values()].filter((file) => !existsSync(`${root}/${file}`))).toEqual([]);
});

test("every gate is a judge", () => {
  expect(allRules.filter(({ name }) => !judges.has(name))).toEqual([]);
});
