import { readFile, writeFile } from "node:fs/promises";
import { directionOf } from "../../definition/direction.ts";
import { deriveTransition } from "../../definition/transition.ts";
import { ledgerIn, type OperatedSystem } from "../../operator/stack.ts";
import { askedStatements } from "./asked-statements.ts";
import type { RehearsalPeople } from "./rehearsal-people.ts";
import { mistaken, type SigningMistake } from "./signing-mistake.ts";

export interface SigningRequest {
  /** The stage that traffic is to move to. */
  readonly stage: string;
  /** Cutover time, milliseconds since the epoch. */
  readonly now: number;
  readonly mistake?: SigningMistake | undefined;
}

/**
 * Has the people of a rehearsal sign what the plan asks for before traffic moves to a stage, for the place
 * in the ledger that the move will have.
 */
export const signForMove = async (
  operated: Pick<OperatedSystem, "definition" | "system" | "engine" | "workspace">,
  people: RehearsalPeople,
  { stage, now, mistake }: SigningRequest,
): Promise<void> => {
  const { system, engine, workspace } = operated;
  const ledger = ledgerIn(await engine.outputs(workspace), operated);
  const { transition, recorded } = deriveTransition(ledger, stage);
  if (recorded || directionOf(system, transition) === "back") return;
  const asked = askedStatements(system, transition, { stack: workspace.stack, now });
  for (const statement of mistake === undefined ? asked : mistaken(mistake, asked, system)) {
    const file = await people.state(statement);
    if (mistake === "changes an answer after it was signed" && statement.statement === "checkpoint")
      await turnAround(file);
  }
};

/** Somebody without the key makes the answer that was signed the one that they would like. */
const turnAround = async (file: string): Promise<void> => {
  const text = await readFile(file, "utf8");
  const turned = text.replace(/"answer":"(yes|no)"/, (_, answer: string) =>
    answer === "no" ? '"answer":"yes"' : '"answer":"no"',
  );
  await writeFile(file, turned);
};
