import type { SideAnswer } from "../facts/facts.ts";

/** What a field of an answer must say. */
export type Said = string | number | boolean;

/**
 * What is wrong with an answer, one entry a problem.
 * @param where what was asked, in words.
 * @param reports fields that must be there, whatever they say.
 */
export const answerProblems = (
  where: string,
  { code, fields }: SideAnswer,
  expects: Readonly<Record<string, Said>>,
  reports: readonly string[] = [],
): readonly string[] => {
  if (code !== 200) return [`${where} answers ${code}`];
  const found = (field: string): unknown =>
    Object.hasOwn(fields, field) ? fields[field] : undefined;
  return [
    ...Object.entries(expects).flatMap(([field, value]) =>
      found(field) === value
        ? []
        : [`${where} says ${field}: ${shown(found(field))}, not ${String(value)}`],
    ),
    ...reports.flatMap((field) =>
      found(field) === undefined ? [`${where} says nothing of ${field}`] : [],
    ),
  ];
};

/** Comes from outside: short, and on one line. */
const shown = (value: unknown): string => {
  const text =
    value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const longest = 40;
