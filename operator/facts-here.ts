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
 * What can be read of a system at the stage in which its ledger has it, by the gates' own readers; each
 * fact is read once, so that another look needs another call. Unknown where no source is configured.
 * @param outputs of the stack, as its last update left them.
 */
export const factsHere = (
  { definition, system, environment, workspace }: OperatedSystem,
  outputs: StackOutputs,
): Reading<Facts> => {
  const ledger = ledgerIn(outputs, { definition });
  const { to = "", at = "" } = ledger.entries.at(-1) ?? {};
  const move: Move = {
    system: definition.name,
    environment,
    stack: workspace.stack,
    ...deriveTransition(ledger, to).transition,
    from: to,
    since: at,
    kind: "forward",
  };
  const connections = connectionsFor(move, system, workspace.environment);
  if (!connections.known) return connections;
  const declared = declaredBy({ alarms: partOf(outputs["alarms"], definition.name) });
  const sources = openSources(connections.value);
  return known(factsOfMove({ definition: system, move, declared, sources }));
};
