import type { PlanRow, PlanRows } from "./plan-rows.ts";
import { cell, line, testsOf } from "./table.ts";
import type { NamedTest } from "./test-titles.ts";

/**
 * How far a row has come. `declared`: a test holds that the definition says it, and no test yet that
 * anything acts on it. `shown`: a test sees it happen.
 */
type Standing = "shown" | "declared" | "open";

/** Tests of definitions: they hold what a plan says, not what a program does. */
const ofDefinitions = ["test/stacks/", "test/definition/"];

/** The page: each row of the plans with the tests that name it. */
export const requirementsPage = (plans: readonly PlanRows[], tests: readonly NamedTest[]): string =>
  [
    "# What the plans ask for, and which test shows it",
    "",
    "Written by `npm run requirements` from the titles of the tests; do not edit it by hand.",
    "",
    "A row is *shown* when a test sees it happen, *declared* when tests hold only that the definition says",
    "it, and *open*, with the reason, when no test names it. What is asked by plans whose systems are yet to come:",
    "[which rule judges it](plans-and-rules.md).",
    "",
    ...plans.flatMap((plan) => section(plan, tests)),
  ].join("\n");

const section = ({ system, rows }: PlanRows, tests: readonly NamedTest[]): readonly string[] => {
  const lines = Object.entries(rows).map(([id, row]) => {
    const naming = tests.filter(({ ids }) => ids.includes(id));
    return { standing: standingOf(naming), text: rowLine(id, row, naming) };
  });
  const count = (wanted: Standing): number =>
    lines.filter(({ standing }) => standing === wanted).length;
  return [
    `## ${system}`,
    "",
    `${lines.length} rows, ${count("shown")} shown, ${count("declared")} declared only, ${count("open")} open.`,
    "",
    "| Row | What | Standing | Tests, or why it is open |",
    "| --- | --- | --- | --- |",
    ...lines.map(({ text }) => text),
    "",
  ];
};

/** Ids of this plan's number that tests name and the plan does not have, with the file that does. */
export const unknownIds = ({ rows }: PlanRows, tests: readonly NamedTest[]): readonly string[] => {
  const numbers = new Set(Object.keys(rows).map((id) => id.split("-")[0]));
  return tests.flatMap(({ file, ids }) =>
    ids
      .filter((id) => numbers.has(id.split("-")[0]) && !Object.hasOwn(rows, id))
      .map((id) => `${id} in ${file}`),
  );
};

const standingOf = (naming: readonly NamedTest[]): Standing => {
  if (naming.length === 0) return "open";
  const declares = ({ file }: NamedTest): boolean =>
    ofDefinitions.some((folder) => file.startsWith(folder));
  return naming.every(declares) ? "declared" : "shown";
};

const rowLine = (id: string, { what, open = "" }: PlanRow, naming: readonly NamedTest[]): string =>
  line([id, cell(what), standingOf(naming), testsOf(id, naming) || cell(open)]);
