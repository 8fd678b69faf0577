import { expect, test } from "vitest";
import type { PlanRow } from "../../../docs/requirements/plan-rows.ts";
import { judgedProblems, shownProblems } from "../../../docs/requirements/row-problems.ts";

const plan = (row: PlanRow) => ({ system: "x", rows: { "S9-1": row } });
const naming = [{ file: "test/a.test.ts", title: "one", ids: ["S9-1"] }];

test("a row that tests show says nothing, and one that none names says why", () => {
  expect(shownProblems(plan({ what: "One" }), naming)).toEqual([]);
  expect(shownProblems(plan({ what: "One", open: "not yet" }), [])).toEqual([]);
  expect(shownProblems(plan({ what: "One" }), [])).toEqual([
    'S9-1 is named by no test; expected one, or "open" and why',
  ]);
  expect(shownProblems(plan({ what: "One", open: "not yet" }), naming)).toEqual([
    "S9-1 is open, and test/a.test.ts names it; expected one of the two",
  ]);
});

test("a row that a rule judges names it, and one that none judges says why", () => {
  expect(judgedProblems(plan({ what: "One", judgedBy: ["soak", "ledger"] }))).toEqual([]);
  expect(judgedProblems(plan({ what: "One", open: "not yet" }))).toEqual([]);
});

test("neither and both are found", () => {
  expect(judgedProblems(plan({ what: "One" }))).toEqual([
    'S9-1 has neither; expected "judgedBy" or "open"',
  ]);
  expect(judgedProblems(plan({ what: "One", judgedBy: ["soak"], open: "not yet" }))).toEqual([
    'S9-1 has both; expected "judgedBy" or "open"',
  ]);
});

test("a rule that does not exist is found", () => {
  const [problem] = judgedProblems(plan({ what: "One", judgedBy: ["soak", "soaks"] }));
  expect(problem).toMatch(/^S9-1 is judged by soaks; expected one of environment, ladder,/);
});
