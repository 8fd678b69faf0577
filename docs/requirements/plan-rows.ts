import { readFileSync } from "node:fs";
import { z } from "zod";

/** The rows of one plan: what it asks for, each in a few words. */
export interface PlanRows {
  readonly system: string;
  /** Title by id, in the order of the plan. */
  readonly rows: Readonly<Record<string, string>>;
}

const schema = z.strictObject({
  system: z.string(),
  rows: z.record(z.string().regex(/^S\d-\d+$/), z.string().min(1)),
});

/** Reads `docs/*-requirements.json`. */
export const planRows = (path: string): PlanRows =>
  schema.parse(JSON.parse(readFileSync(path, "utf8")));
