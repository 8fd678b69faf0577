import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { judgedPage } from "../../docs/requirements/judged-page.ts";
import { judgedPlans, shownPlans } from "../../docs/requirements/plan-files.ts";
import { idsTwice, type PlanRows } from "../../docs/requirements/plan-rows.ts";
import { projectTests } from "../../docs/requirements/project-tests.ts";
import { requirementsPage, unknownIds } from "../../docs/requirements/requirements-page.ts";
import { judgedProblems, shownProblems } from "../../docs/requirements/row-problems.ts";
import { namedTests } from "../../docs/requirements/test-titles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = projectTests(root);
const shown = shownPlans.map(({ plan }) => plan);
const judged = judgedPlans.map(({ plan }) => plan);
/** Ids of a plan's rows, each as the plan's number and the row's. */
const idsOf = ({ rows }: PlanRows) =>
  Object.keys(rows).map((id) => {
    const [plan = "", row] = id.split("-");
    return { plan, row: Number(row) };
  });

test("docs/requirements.md is what the tests' titles say; else run: npm run requirements", () => {
  const written = readFileSync(`${root}/docs/requirements.md`, "utf8");
  expect(written).toBe(requirementsPage(shown, tests));
});

test("docs/plans-and-rules.md is what rows and tests say; else run: npm run requirements", () => {
  const written = readFileSync(`${root}/docs/plans-and-rules.md`, "utf8");
  expect(written).toBe(judgedPage(judged, tests));
});

test("every row stands once, and says how it stands", () => {
  const texts = [...shownPlans, ...judgedPlans].map(({ path }) => readFileSync(path, "utf8"));
  expect(idsTwice(texts)).toEqual([]);
  expect(shown.flatMap((plan) => shownProblems(plan, tests))).toEqual([]);
  expect(judged.flatMap(judgedProblems)).toEqual([]);
});

test("rows of every plan are in order, under a number that is that plan's alone", () => {
  const numbers = [...shown, ...judged].map((plan) => {
    const ids = idsOf(plan);
    const rows = ids.map(({ row }) => row);
    expect(rows, plan.system).toEqual(rows.toSorted((one, other) => one - other));
    return new Set(ids.map((id) => id.plan));
  });
  expect(numbers.map(({ size }) => size)).toEqual(numbers.map(() => 1));
  expect(new Set(numbers.flatMap((number) => [...number])).size).toBe(numbers.length);
});

test("no test names a row that no plan has", () => {
  expect(shown.flatMap((plan) => unknownIds(plan, tests))).toEqual([]);
});

test("rows of a plan that has its system are complete", () => {
  const last = shown.map((plan) => {
    const rows = idsOf(plan).map(({ row }) => row);
    expect(rows, plan.system).toEqual(rows.map((_, index) => index + 1));
    return [plan.system, rows.length];
  });
  expect(Object.fromEntries(last)).toMatchObject({ lms: 120, rawdog: 80, supabase: 87 });
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
