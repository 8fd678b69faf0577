import { configAt, rung } from "../definition/ladder.ts";
import { isRefused, type EngineEvent, type OperationResult } from "../engine/engine.ts";
import type { Judgement } from "../policies/judge.ts";
import { judge } from "./gates.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";
import { setInStackFile, stackFile } from "./stack-file.ts";
import { update } from "./update.ts";

/** How an attempt to go one stage up went. */
export interface Advance {
  readonly from: string | undefined;
  readonly to: string;
  readonly judgement: Judgement | undefined;
  /** Undefined when the gates refused before anything was touched. */
  readonly update: OperationResult | undefined;
}

/** There is no stage above. */
export class AtTheTop extends Error {
  override readonly name = "AtTheTop";
}

/**
 * Takes a system one stage up, or finishes a step that was begun: asks the gates first, and only when they
 * let it through sets the value and updates the stack. Refused by the pack all the same, the value goes
 * back to where it was, so that the next update of somebody else does not try again.
 * @throws AtTheTop at the ladder's end.
 * @throws StackLocked while a living process updates the stack.
 */
export const advance = async (
  operated: OperatedSystem,
  onEvent?: (event: EngineEvent) => void,
): Promise<Advance> => {
  const { definition, engine, workspace, policyPack } = operated;
  const file = stackFile(workspace.directory, workspace.stack);
  const outputs = await engine.outputs(workspace);
  const from = ledgerIn(outputs, operated).entries.at(-1)?.to;
  const next = definition.ladder[from === undefined ? 0 : rung(definition, from) + 1];
  if (next === undefined)
    throw new AtTheTop(`${definition.name}: ${from ?? ""} is the last stage.`);
  const to = next.name;
  const first = from === undefined;
  // On the very first update the alarms that gates ask for do not exist yet: the pack judges that one.
  const judgement = first ? undefined : await judge(operated, outputs, to);
  if (judgement?.allowed === false) return { from, to, judgement, update: undefined };
  await setInStackFile(file, definition.name, configAt(definition, to));
  const result = await update(operated, {
    policyPacks: [policyPack],
    ...(onEvent !== undefined && { onEvent }),
  });
  if (isRefused(result) && !first)
    await setInStackFile(file, definition.name, configAt(definition, from));
  return { from, to, judgement, update: result };
};
