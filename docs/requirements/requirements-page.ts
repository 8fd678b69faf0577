import type { PlanRows } from "./plan-rows.ts";
import type { NamedTest } from "./test-titles.ts";

/**
 * How far a row has come. `declared`: a test holds that the definition says it, and no test yet that
 * anything acts on it. `shown`: a test sees it happen.
 */
type Standing = "shown" | "declared" | "open";

/** Tests of definitions: they hold what a plan says, not what a program does. */
const ofDefinitions = ["test/stacks/", "test/definition/"];

/** The page: each row of the plan with the tests that name it. */
export const requirementsPage = (
  { system, rows }: PlanRows,
  tests: readonly NamedTest[],
): string => {
  const lines = Object.entries(rows).map(([id, title]) => {
    const naming = tests.filter(({ ids }) => ids.includes(id));
    return { standing: standingOf(naming), line: row(id, title, naming) };
  });
  const count = (wanted: Standing): number =>
    lines.filter(({ standing }) => standing === wanted).length;
  return [
    "# What the plan asks for, and which test shows it",
    "",
    "Written by `npm run requirements` from the titles of the tests; do not edit it by hand.",
    "",
    "A row is *shown* when a test sees it happen, *declared* when tests hold only that the definition says",
    "it, and *open* when no test names it.",
    "",
    `\`${system}\`: ${lines.length} rows, ${count("shown")} shown, ${count("declared")} declared only, ${count("open")} open.`,
    "",
    "| Row | What | Standing | Tests |",
    "| --- | --- | --- | --- |",
    ...lines.map(({ line }) => line),
    "",
  ].join("\n");
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

const row = (id: string, title: string, naming: readonly NamedTest[]): string => {
  const tests = naming.map(
    (test) => `[${test.file.slice("test/".length)}](../${test.file}): ${titleFor(id, test)}`,
  );
  const cells = [id, cell(title), standingOf(naming), tests.join("<br>")];
  return `|${cells.map((text) => (text === "" ? " " : ` ${text} `)).join("|")}|`;
};

/** A title as it reads for one row: a table puts the row's id where the first gap is. */
const titleFor = (id: string, { title }: NamedTest): string =>
  cell(/\bS\d-\d+\b/.test(title) ? title : title.replace(/%s|\$[\w.]+/, id));

const cell = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");
