import { BadInput, shown } from "../../definition/bad-input.ts";
import { rung } from "../../definition/ladder.ts";
import type { StatementOf } from "../../policies/evidence/statement.ts";
import { readStackFile, stackFile } from "../stack-file.ts";
import { ledgerIn, type OperatedSystem } from "../stack.ts";

/** What a statement says of staging's history. */
export type StagingHistory = Pick<StatementOf<"staging">, "of" | "reached" | "reachedAt" | "head">;

/**
 * How far a staging stack got with a definition, by its own ledger.
 * @param definition digest of the definition that it must have had.
 * @throws BadInput for a stack that is no staging, whose history is damaged, or which did not get as far as the
 *   plan wants.
 */
export const stagingHistory = async (
  where: string,
  operated: OperatedSystem,
  { stack, definition: wanted }: { readonly stack: string; readonly definition: string },
): Promise<StagingHistory> => {
  const { definition, engine, workspace } = operated;
  const wrong = (found: string, expected: string): BadInput =>
    new BadInput({ where, key: "--staging", found: `${shown(stack)}, ${found}`, expected });
  const { environment } = await readStackFile(stackFile(workspace.directory, stack));
  if (environment !== "staging") {
    throw wrong(`whose cutover:environment is ${environment}`, "a stack of staging");
  }
  const { staged, name } = definition;
  if (staged === undefined) {
    throw wrong("which the plan does not ask for", `staged in stacks/${name}.ts`);
  }
  const { entries, damage } = ledgerIn(await engine.outputs({ ...workspace, stack }), operated);
  if (damage !== undefined) throw wrong(`whose history is damaged: ${damage}`, "a whole history");
  const furthest = entries
    .filter((entry) => entry.definition === wanted)
    .reduce<(typeof entries)[number] | undefined>(
      (best, entry) =>
        best === undefined || rung(definition, entry.to) >= rung(definition, best.to)
          ? entry
          : best,
      undefined,
    );
  if (furthest === undefined || rung(definition, furthest.to) < rung(definition, staged.reached)) {
    const got = furthest === undefined ? "which never had it" : `which got to ${furthest.to}`;
    throw wrong(`${got} with this definition`, `a history that reached ${staged.reached}`);
  }
  return {
    of: stack,
    reached: furthest.to,
    reachedAt: furthest.at,
    head: entries.at(-1)?.hash ?? furthest.hash,
  };
};
