import { setTimeout as sleep } from "node:timers/promises";
import { partOf } from "../definition/ledger.ts";
import { deriveTransition } from "../definition/transition.ts";
import { declaredBy } from "../policies/declared.ts";
import { factsOfMove } from "../policies/facts/facts-of-move.ts";
import { connectionsFor, openSources } from "../policies/facts/sources.ts";
import { kindOf, type Move } from "../policies/move.ts";
import { rollbackAuthority } from "../policies/rules/rollback-authority.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";

/** How long a rollback that is over waits to learn whose word it had, wall milliseconds. */
const aMoment = 3_000;

/**
 * Whose order the last rollback still lacks, as a sentence with the command that gives it (S1-106). Nothing
 * where somebody or an alarm has ordered it, where the last move was none, or where that takes too long: the
 * traffic is back already, and no answer changes that.
 */
export const missingOrder = async (operated: OperatedSystem): Promise<string | undefined> => {
  try {
    const sentence = await Promise.race([
      orderLacking(operated),
      sleep(aMoment, undefined, { ref: false }),
    ]);
    return sentence;
  } catch {
    return undefined;
  }
};

const orderLacking = async (operated: OperatedSystem): Promise<string | undefined> => {
  const { definition, system, environment, engine, workspace } = operated;
  const outputs = await engine.outputs(workspace);
  const ledger = ledgerIn(outputs, operated);
  const last = ledger.entries.at(-1);
  if (last === undefined) return undefined;
  const { transition } = deriveTransition(ledger, last.to);
  const { sequence, follows, sinceCommit, ...rest } = transition;
  const move: Move = {
    system: definition.name,
    environment,
    stack: workspace.stack,
    ...rest,
    place: { sequence, follows, sinceCommit },
    kind: kindOf(definition, transition, { recorded: true, green: undefined }),
  };
  const connections = connectionsFor(move, system, workspace.environment);
  if (move.kind !== "back" || !connections.known) return undefined;
  const facts = factsOfMove({
    definition: system,
    move,
    declared: declaredBy({ alarms: partOf(outputs["alarms"], definition.name) }),
    sources: openSources(connections.value),
  });
  const [alarmStates, evidence] = await Promise.all([facts.alarmStates(), facts.evidence()]);
  const readings = { alarmStates, evidence };
  const verdict = rollbackAuthority.judge({ move, definition: system, facts: readings });
  if (verdict.outcome !== "refused") return undefined;
  return verdict.message.replace(/^refused: /, "Traffic is back; for the record, ");
};
