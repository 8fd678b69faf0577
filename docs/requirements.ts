/**
 * `npm run requirements` writes `docs/requirements.md`: which test shows which row of the plans; and
 * `docs/plans-and-rules.md`: which rule judges which row of the plans that have no system yet. With
 * `--check` it writes nothing and fails when a page is stale, when a test names a row that is none, or when
 * a row does not say how it stands.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { judgedPage } from "./requirements/judged-page.ts";
import { judgedPlans, shownPlans } from "./requirements/plan-files.ts";
import { idsTwice } from "./requirements/plan-rows.ts";
import { projectTests } from "./requirements/project-tests.ts";
import { requirementsPage, unknownIds } from "./requirements/requirements-page.ts";
import { judgedProblems, shownProblems } from "./requirements/row-problems.ts";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const shown = shownPlans.map(({ plan }) => plan);
const judged = judgedPlans.map(({ plan }) => plan);
const tests = projectTests(here(".."));
const texts = [...shownPlans, ...judgedPlans].map(({ path }) => readFileSync(path, "utf8"));

const problems = [
  ...shown.flatMap((plan) => unknownIds(plan, tests)).map((unknown) => `No plan has ${unknown}.`),
  ...idsTwice(texts).map((id) => `${id} stands twice in docs/*-requirements.json.`),
  ...[
    ...shown.flatMap((plan) => shownProblems(plan, tests)),
    ...judged.flatMap(judgedProblems),
  ].map((text) => `${text}.`),
];
const pages = {
  "requirements.md": requirementsPage(shown, tests),
  "plans-and-rules.md": judgedPage(judged, tests),
};
for (const [page, text] of Object.entries(pages)) {
  if (!process.argv.includes("--check")) writeFileSync(here(page), text);
  else if (readFileSync(here(page), "utf8") !== text) {
    problems.push(`docs/${page} is stale. Write it again: npm run requirements`);
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
