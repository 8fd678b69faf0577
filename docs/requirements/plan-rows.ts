import { readFileSync } from "node:fs";
import { z } from "zod";

/** What a plan asks for, in a few words, and how it stands where no test can tell. */
export interface PlanRow {
  readonly what: string;
  /** What judges it once the system's definition names it; names of `judges.ts`. */
  readonly judgedBy?: readonly string[] | undefined;
  /** Why nothing does yet. */
  readonly open?: string | undefined;
}

/** The rows of one plan. */
export interface PlanRows {
  readonly system: string;
  /** By id, in the order of the plan. */
  readonly rows: Readonly<Record<string, PlanRow>>;
}

const words = z.string().trim().min(1);
const row = z.union([
  // Of a row that tests show there is nothing else to say.
  words.transform((what): PlanRow => ({ what })),
  z.strictObject({
    what: words,
    judgedBy: z.array(words).min(1).optional(),
    open: words.optional(),
  }),
]);
const schema = z.strictObject({
  system: z.string(),
  rows: z.record(z.string().regex(/^S\d-\d+$/), row),
});

/** Reads `docs/SYSTEM-requirements.json`. */
export const planRows = (path: string): PlanRows =>
  schema.parse(JSON.parse(readFileSync(path, "utf8")));

/** Ids that stand more than once in such files, in any of them: JSON itself keeps the last one silently. */
export const idsTwice = (texts: readonly string[]): readonly string[] => {
  const ids = texts.flatMap((text) =>
    [...text.matchAll(/"(S\d-\d+)"\s*:/g)].map(([, id = ""]) => id),
  );
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
};
