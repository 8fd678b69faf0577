import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import { faultsOf } from "../../rehearsal/scenarios/catalogue.ts";
import { lms } from "../../stacks/lms.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

test.for(pages)("%s: every link leads somewhere", (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)#]+)/g)].map(([, link = ""]) => link);
  const dead = links.filter((link) => !existsSync(join(root, dirname(page), link)));
  expect(dead).toEqual([]);
});

test("every gate has a row that says what it holds to", () => {
  const rows = [...textOf("docs/how-it-works.md").matchAll(/^\| `([a-z-]+)` +\|/gm)];
  expect(rows.map(([, name]) => name)).toEqual(allRules.map(({ name }) => name));
});

test("figures that pages repeat are those of the code", () => {
  expect(allRules).toHaveLength(31);
  expect(textOf("README.md")).toContain("Thirty-one rules");
  expect(textOf("CHANGELOG.md")).toContain(`${faultsOf(lms).length} faults by name`);
});
