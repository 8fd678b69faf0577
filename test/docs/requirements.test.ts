import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { judgedPage } from "../../docs/requirements/judged-page.ts";
import { idsTwice, planRows } from "../../docs/requirements/plan-rows.ts";
import { projectTests } from "../../docs/requirements/project-tests.ts";
import { requirementsPage, unknownIds } from "../../docs/requirements/requirements-page.ts";
import { judgedProblems, shownProblems } from "../../docs/requirements/row-problems.ts";
import { namedTests } from "../../docs/requirements/test-titles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = projectTests(root);
const fileOf = (system: string): string => `${root}/docs/${system}-requirements.json`;
const standing = ["lms", "rawdog"];
const plans = standing.map((system) => planRows(fileOf(system)));
const others = ["intelliflow", "nxop", "supabase"];
const judged = others.map((system) => planRows(fileOf(system)));

test("docs/requirements.md is what the tests' titles say; else run: npm run requirements", () => {
  const written = readFileSync(`${root}/docs/requirements.md`, "utf8");
  expect(written).toBe(requirementsPage(plans, tests));
});

test("docs/plans-and-rules.md is what rows and tests say; else run: npm run requirements", () => {
  const written = readFileSync(`${root}/docs/plans-and-rules.md`, "utf8");
  expect(written).toBe(judgedPage(judged, tests));
});

test("every row stands once, and says how it stands", () => {
  const texts = [...standing, ...others].map((system) => readFileSync(fileOf(system), "utf8"));
  expect(idsTwice(texts)).toEqual([]);
  expect(plans.flatMap((plan) => shownProblems(plan, tests))).toEqual([]);
  expect(judged.flatMap(judgedProblems)).toEqual([]);
});

test("rows of the plans that are yet to come are in order, each under its plan's number", () => {
  for (const [index, number] of [0, 2, 3].entries()) {
    const ids = Object.keys(judged[index]?.rows ?? {}).map((id) => id.split("-"));
    expect(new Set(ids.map(([plan]) => plan))).toEqual(new Set([`S${number}`]));
    const rows = ids.map(([, row]) => Number(row));
    expect(rows).toEqual(rows.toSorted((one, other) => one - other));
  }
});

test("no test names a row that no plan has", () => {
  expect(plans.flatMap((plan) => unknownIds(plan, tests))).toEqual([]);
});

test("the rows of plans that have a system are complete and in order", () => {
  const all = (number: number, length: number) =>
    Array.from({ length }, (_, n) => `S${number}-${n + 1}`);
  expect(plans.map(({ rows }) => Object.keys(rows))).toEqual([all(1, 120), all(4, 80)]);
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
  const rows = {
    "S1-1": { what: "One", open: "nobody | asks" },
    "S1-2": { what: "Two" },
    "S1-3": { what: "Three" },
  };
  const page = requirementsPage(
    [{ system: "x", rows }],
    [
      { file: "test/a.test.ts", title: "a | b", ids: ["S1-2"] },
      { file: "test/stacks/x.test.ts", title: "%s: c %s", ids: ["S1-2", "S1-3"] },
    ],
  );
  expect(page).toContain("## x\n\n3 rows, 1 shown, 1 declared only, 1 open.");
  expect(page).toContain("| S1-1 | One | open | nobody \\| asks |");
  expect(page).toContain(
    "| S1-2 | Two | shown | [a.test.ts](../test/a.test.ts): a \\| b<br>[stacks/x.test.ts](../test/stacks/x.test.ts): S1-2: c %s |",
  );
  expect(page).toContain("| S1-3 | Three | declared |");
});
