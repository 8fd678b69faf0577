import { rung } from "../definition/ladder.ts";
import type { Readiness } from "../definition/readiness.ts";
import { known, type Reading } from "../policies/facts/reading.ts";
import {
  readinessScore,
  type ReadinessScore,
} from "../policies/rules/readiness/readiness-score.ts";
import { factsFor, moveUpTo } from "./facts-here.ts";
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
  const { definition, system, engine, workspace } = operated;
  const outputs = await engine.outputs(workspace);
  const stage = ledgerIn(outputs, operated).entries.at(-1)?.to;
  const stages = definition.ladder.map(({ name }) => name);
  const next = stages[stage === undefined ? 0 : rung(definition, stage) + 1] ?? stage ?? "";
  const move = moveUpTo(operated, outputs, next);
  const facts = factsFor(operated, outputs, move);
  if (!facts.known) return facts;
  const [now, read] = await Promise.all([facts.value.now(), facts.value.readinessFacts()]);
  if (!now.known) return now;
  if (!read.known) return read;
  const night = { definition: system, move, now: now.value, facts: read.value };
  return known({ stage, now: now.value, score: readinessScore(readiness, night) });
};
