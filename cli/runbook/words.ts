import type { Plan } from "../../definition/plan.ts";
import { isTbd, type Open } from "../../definition/tbd.ts";
import { inWords, type Duration } from "../../definition/units.ts";
import { table, text } from "../markdown.ts";

/** A value of the plan, or what is still wanted, so that it stands out on the page. */
export const shownOpen = <Value>(
  value: Open<Value>,
  words: (value: Value) => string = (settled) => text(String(settled)),
): string => (isTbd(value) ? `**OPEN: ${text(value.tbd)}**` : words(value));

/** What the plan calls a role. */
export const seat = ({ roles }: Pick<Plan, "roles">, role: string): string =>
  text(role === "everyone" ? "Everyone" : (roles[role]?.title ?? role));

/** Several roles in a sentence. */
export const seats = (plan: Pick<Plan, "roles">, roles: readonly string[], word: string): string =>
  roles.map((role) => seat(plan, role)).join(` ${word} `);

/** A span, or nothing where there is none. */
export const span = (duration: Duration | undefined): string =>
  duration === undefined ? "" : inWords(duration);

/** A chapter with its paragraphs; none where there is nothing to say. */
export const chapter = (title: string, ...parts: readonly string[]): readonly string[] => {
  const said = parts.filter((part) => part !== "");
  return said.length === 0 ? [] : [`## ${title}`, ...said];
};

/** A list of lines, or nothing. */
export const list = (lines: readonly string[]): string =>
  lines.map((line) => `- ${line}`).join("\n");

/** A table, or nothing where it has no row. */
export const rows = (heads: readonly string[], cells: readonly (readonly string[])[]): string =>
  cells.length === 0 ? "" : table(heads, cells);
