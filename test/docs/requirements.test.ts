import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { planRows } from "../../docs/requirements/plan-rows.ts";
import { projectTests } from "../../docs/requirements/project-tests.ts";
import { requirementsPage, unknownIds } from "../../docs/requirements/requirements-page.ts";
import { namedTests } from "../../docs/requirements/test-titles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const plan = planRows(`${root}/docs/lms-requirements.json`);

test("docs/requirements.md is what the tests' titles say; else run: npm run requirements", () => {
  const written = readFileSync(`${root}/docs/requirements.md`, "utf8");
  expect(written).toBe(requirementsPage(plan, projectTests(root)));
});

test("no test names a row that no plan has", () => {
  expect(unknownIds(plan, projectTests(root))).toEqual([]);
});

test("the plan's rows are complete and in order", () => {
  expect(Object.keys(plan.rows)).toEqual(Array.from({ length: 120 }, (_, n) => `S1-${n + 1}`));
});

const idsIn = (code: string) => namedTests("test/x.test.ts", code).flatMap(({ ids }) => ids);

// No plan has a row S9-…: the scan of this very file would count any other.
test.for([
  [`test("S9-70: soaks", () => {});`, ["S9-70"]],
  [`it("S9-7, S9-8: splits", () => {});`, ["S9-7", "S9-8"]],
  [`describe("S9-1 both", () => { test("S9-2 ladder", () => {}); });`, ["S9-1", "S9-2"]],
  [`test.for([1, 2])("S9-70: after %i", () => {});`, ["S9-70"]],
  [`test.each([["S9-85: log in", 1], ["S9-86", 2]])("%s", () => {});`, ["S9-85", "S9-86"]],
  [`test.for([{ id: "S9-85" }])("$id holds", () => {});`, ["S9-85"]],
  [`test.skipIf(bare)("S9-3: back", () => {});`, ["S9-3"]],
  ["test(`S9-4: ${n} requests`, () => {});", ["S9-4"]],
  [`test.concurrent.for([1])("S9-5: %i", () => {});`, ["S9-5"]],
  [`test.skip("S9-6: later", () => {});`, []],
  [`describe.todo("S9-6: later");`, []],
  [`describe.skip("later", () => { test("S9-6: too", () => {}); });`, []],
  [`const source = "S9-6"; expect(source).toBe("S9-6");`, []],
  [`test("plain", () => { note("S9-6"); });`, []],
] as const)("finds the rows in %s", ([code, ids]) => {
  expect(idsIn(code)).toEqual(ids);
});

test("shows open rows, counts and titles that a table could misread", () => {
  const rows = { "S1-1": "One", "S1-2": "Two", "S1-3": "Three" };
  const page = requirementsPage({ system: "x", rows }, [
    { file: "test/a.test.ts", title: "a | b", ids: ["S1-2"] },
    { file: "test/stacks/x.test.ts", title: "%s: c %s", ids: ["S1-2", "S1-3"] },
  ]);
  expect(page).toContain("`x`: 3 rows, 1 shown, 1 declared only, 1 open.");
  expect(page).toContain("| S1-1 | One | open | |");
  expect(page).toContain(
    "| S1-2 | Two | shown | [a.test.ts](../test/a.test.ts): a \\| b<br>[stacks/x.test.ts](../test/stacks/x.test.ts): S1-2: c %s |",
  );
  expect(page).toContain("| S1-3 | Three | declared |");
});
