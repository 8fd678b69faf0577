import { partOf } from "../definition/ledger.ts";
import { deriveTransition } from "../definition/transition.ts";
import { declaredBy } from "../policies/declared.ts";
import type { Facts } from "../policies/facts/facts.ts";
import { factsOfMove } from "../policies/facts/facts-of-move.ts";
import { known, type Reading } from "../policies/facts/reading.ts";
import { connectionsFor, openSources } from "../policies/facts/sources.ts";
import type { Move } from "../policies/move.ts";
import { ledgerIn, type OperatedSystem, type StackOutputs } from "./stack.ts";

/**
 * A move up to a stage from where the ledger has the system.
 * @param outputs of the stack, as its last update left them.
 */
export const moveUpTo = (
  { definition, environment, workspace }: OperatedSystem,
  outputs: StackOutputs,
  stage: string,
): Move => ({
  system: definition.name,
  environment,
  stack: workspace.stack,
  ...deriveTransition(ledgerIn(outputs, { definition }), stage).transition,
  kind: "forward",
});

/**
 * What can be read of a move, by the gates' own readers; each fact is read once, so that another look needs
 * another call. Unknown where no source is configured.
 * @param outputs of the stack, as its last update left them; they name the alarms.
 */
export const factsFor = (
  { definition, system, workspace }: OperatedSystem,
  outputs: StackOutputs,
  move: Move,
): Reading<Facts> => {
  const connections = connectionsFor(move, system, workspace.environment);
  if (!connections.known) return connections;
  const declared = declaredBy({ alarms: partOf(outputs["alarms"], definition.name) });
  const sources = openSources(connections.value);
  return known(factsOfMove({ definition: system, move, declared, sources }));
};

/** What can be read of a system at the stage in which its ledger has it; see {@link factsFor}. */
export const factsHere = (operated: OperatedSystem, outputs: StackOutputs): Reading<Facts> => {
  const { to = "", at = "" } = ledgerIn(outputs, operated).entries.at(-1) ?? {};
  return factsFor(operated, outputs, { ...moveUpTo(operated, outputs, to), from: to, since: at });
};
