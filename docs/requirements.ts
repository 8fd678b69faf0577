/**
 * `npm run requirements` writes `docs/requirements.md`: which test shows which row of the plan. With
 * `--check` it writes nothing and fails when the page is stale, or when a test names a row that is none.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { planRows } from "./requirements/plan-rows.ts";
import { projectTests } from "./requirements/project-tests.ts";
import { requirementsPage, unknownIds } from "./requirements/requirements-page.ts";

const page = fileURLToPath(new URL("requirements.md", import.meta.url));
const plan = planRows(fileURLToPath(new URL("lms-requirements.json", import.meta.url)));
const tests = projectTests(fileURLToPath(new URL("..", import.meta.url)));

const problems = unknownIds(plan, tests).map((unknown) => `No plan has ${unknown}.`);
const text = requirementsPage(plan, tests);
if (!process.argv.includes("--check")) {
  writeFileSync(page, text);
} else if (readFileSync(page, "utf8") !== text) {
  problems.push("docs/requirements.md is stale. Write it again: npm run requirements");
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
