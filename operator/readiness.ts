import { rung } from "../definition/ladder.ts";
import { partOf } from "../definition/ledger.ts";
import type { Readiness } from "../definition/readiness.ts";
import { deriveTransition } from "../definition/transition.ts";
import { declaredBy } from "../policies/declared.ts";
import { factsOfMove } from "../policies/facts/facts-of-move.ts";
import { known, type Reading } from "../policies/facts/reading.ts";
import { connectionsFor, openSources } from "../policies/facts/sources.ts";
import type { Move } from "../policies/move.ts";
import {
  readinessScore,
  type ReadinessScore,
} from "../policies/rules/readiness/readiness-score.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";

/** How ready a system is at one instant. */
export interface ReadinessNow {
  /** Stage in force; undefined before the first. */
  readonly stage: string | undefined;
  /** When it was judged, milliseconds since the epoch. */
  readonly now: number;
  readonly score: ReadinessScore;
}

/**
 * How ready a system is now, by the facts and the rule of the gate. It reads only; no engine runs.
 * @returns unknown when nobody knows the time, without which no evidence has an age.
 */
export const readinessNow = async (
  operated: OperatedSystem,
  readiness: Readiness,
): Promise<Reading<ReadinessNow>> => {
  const { definition, system, environment, engine, workspace } = operated;
  const outputs = await engine.outputs(workspace);
  const ledger = ledgerIn(outputs, operated);
  const stage = ledger.entries.at(-1)?.to;
  const stages = definition.ladder.map(({ name }) => name);
  const next = stages[stage === undefined ? 0 : rung(definition, stage) + 1] ?? stage ?? "";
  const move: Move = {
    system: definition.name,
    environment,
    stack: workspace.stack,
    ...deriveTransition(ledger, next).transition,
    kind: "forward",
  };
  const connections = connectionsFor(move, system, workspace.environment);
  if (!connections.known) return connections;
  const facts = factsOfMove({
    definition: system,
    move,
    declared: declaredBy({ alarms: partOf(outputs["alarms"], definition.name) }),
    sources: openSources(connections.value),
  });
  const [now, read] = await Promise.all([facts.now(), facts.readinessFacts()]);
  if (!now.known) return now;
  if (!read.known) return read;
  const night = { definition: system, move, now: now.value, facts: read.value };
  return known({ stage, now: now.value, score: readinessScore(readiness, night) });
};
