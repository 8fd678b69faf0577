import { z } from "zod";

/** A text that says something. */
export const sentence = z.string().trim().min(1, "a text");

/** One statement of SQL that reads. */
export const readingStatement = sentence
  .regex(/^(select|with)\s/i, "a statement that begins with SELECT or WITH")
  .regex(/^[^;]*$/, "one statement, without a semicolon");

/** What stages, thresholds, checklists and the like are called. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens");

export const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "the name of an environment variable");

export const urlPath = z.string().regex(/^\//, "a path that begins with /");

export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:MM");

/** A duration with its unit, longer than nothing. */
export const span = z.object(
  { milliseconds: z.number().positive("a duration longer than nothing") },
  "a duration with its unit, for example minutes(15)",
);

export const date = z.iso.date("a date as YYYY-MM-DD");

export const zone = sentence.refine(isZone, "an IANA time zone");

/** A name, not an offset: an offset knows no summer time. */
function isZone(candidate: string): boolean {
  if (/^[+-]/.test(candidate)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: candidate }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
