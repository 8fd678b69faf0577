import { readFile } from "node:fs/promises";
import { z } from "zod";
import { BadInput, shown } from "../../definition/bad-input.ts";
import type { AskedKind } from "./asked-kind.ts";

/** The part of a rehearsal's JSON that its proof is made of. */
const schema = z.object({
  system: z.string(),
  definition: z.string(),
  ranAt: z.iso.datetime(),
  outcome: z.enum(["completed", "rolled-back", "refused"]),
  stages: z.array(z.object({ stage: z.string() })),
  rollback: z
    .object({ restoredMilliseconds: z.number(), budgetMilliseconds: z.number() })
    .nullable(),
  expectation: z.object({ met: z.boolean() }),
});

/**
 * What rehearsals of a definition have shown, from the JSON that `cutover rehearse` printed.
 * @throws BadInput for a file that is none, for a rehearsal of another system or definition, and for one that
 *   did not end as it should.
 */
export const rehearsalResults = async (
  where: string,
  files: readonly string[],
  about: { readonly system: string; readonly definition: string },
): Promise<Extract<AskedKind, { statement: "rehearsal" }>> => {
  const results = await Promise.all(files.map((file) => readResult(where, file, about)));
  return {
    statement: "rehearsal",
    ranAt: results.map(({ ranAt }) => ranAt).sort()[0] ?? "",
    completed: results.some(({ outcome }) => outcome === "completed"),
    rollbacks: results.flatMap(({ rollback, stages }) => {
      const stage = stages.at(-1)?.stage;
      if (rollback === null || stage === undefined) return [];
      const { restoredMilliseconds, budgetMilliseconds } = rollback;
      return [{ stage, restoredMilliseconds, budgetMilliseconds }];
    }),
  };
};

const readResult = async (
  where: string,
  file: string,
  { system, definition }: { readonly system: string; readonly definition: string },
): Promise<z.infer<typeof schema>> => {
  const wrong = (found: string, expected: string): BadInput =>
    new BadInput({ where, key: "--rehearsal", found: `${shown(file)}, ${found}`, expected });
  const text = await readFile(file, "utf8").catch(() => "");
  const read = schema.safeParse(parsed(text));
  if (!read.success) throw wrong("which is no result", "what `cutover rehearse --json` printed");
  if (read.data.system !== system || read.data.definition !== definition) {
    throw wrong("of another definition", `a rehearsal of ${system} as it is here`);
  }
  if (!read.data.expectation.met) throw wrong("which failed", "one that ended as it should");
  return read.data;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
