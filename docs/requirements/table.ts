import type { NamedTest } from "./test-titles.ts";

/** A line of a Markdown table. */
export const line = (cells: readonly string[]): string =>
  `|${cells.map((text) => (text === "" ? " " : ` ${text} `)).join("|")}|`;

/** Words as a cell can hold them. */
export const cell = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** The tests that name a row, each with a link to its file. */
export const testsOf = (id: string, naming: readonly NamedTest[]): string =>
  naming
    .map((test) => `[${test.file.slice("test/".length)}](../${test.file}): ${titleFor(id, test)}`)
    .join("<br>");

/** A title as it reads for one row: a table puts the row's id where the first gap is. */
const titleFor = (id: string, { title }: NamedTest): string =>
  cell(/\bS\d-\d+\b/.test(title) ? title : title.replace(/%s|\$[\w.]+/, id));
