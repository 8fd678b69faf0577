import { setTimeout as sleep } from "node:timers/promises";
import { greenWeightAt } from "../definition/ladder.ts";
import { definitionDigest, partOf } from "../definition/ledger.ts";
import { deriveTransition } from "../definition/transition.ts";
import { declaredBy } from "../policies/declared.ts";
import { cutoverType } from "../policies/cutover-type.ts";
import { factsOfMove } from "../policies/facts/facts-of-move.ts";
import { connectionsFor, openSources } from "../policies/facts/sources.ts";
import type { Judgement } from "../policies/judge.ts";
import type { Move } from "../policies/move.ts";
import { recordedMark } from "../policies/recorded-mark.ts";
import { blueSickness } from "../policies/rules/blue-sickness.ts";
import { realSurroundings, sit } from "../policies/sitting.ts";
import { ledgerIn, type OperatedSystem, type StackOutputs } from "./stack.ts";

/**
 * What all gates say of a move to `stage`, read now and by the same code as the pack.
 * @param outputs of the stack, as its last update left them.
 */
export const judge = async (
  operated: OperatedSystem,
  outputs: StackOutputs,
  stage: string,
): Promise<Judgement | undefined> => {
  const { definition, system, environment, workspace } = operated;
  const { transition, recorded } = deriveTransition(ledgerIn(outputs, operated), stage);
  const green = greenWeightAt(definition, transition.to);
  const sitting = await sit(
    {
      urn: `urn:pulumi:${workspace.stack}::cutover::${cutoverType}::${definition.name}-cutover`,
      props: {
        system: definition.name,
        environment,
        definition: definitionDigest(system),
        transition,
        weights: { blue: 100 - green, green },
        alarms: partOf(outputs["alarms"], definition.name),
        panels: system.thresholds.map(({ name }) => name),
      },
      ignoreChanges: recorded ? [recordedMark] : [],
    },
    realSurroundings(workspace.environment),
  );
  return sitting.known ? sitting.value.judgement : undefined;
};

/** How long the way back waits for facts about blue, wall milliseconds. */
const aMoment = 2_000;

/**
 * What is known to make blue no better than green, in words. Whatever cannot be learned in a moment counts
 * as nothing: it must not hold up the way back.
 */
export const knownSickness = async (operated: OperatedSystem): Promise<readonly string[]> => {
  const { definition, system, environment, engine, workspace } = operated;
  const ledger = ledgerIn(await engine.outputs(workspace), operated);
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
  if (!connections.known) return [];
  const facts = factsOfMove({
    definition: system,
    move,
    declared: declaredBy({}),
    sources: openSources(connections.value),
  });
  const reading = Promise.all([
    facts.blueDeployment(),
    facts.blueValues(),
    facts.watchedRequests(),
  ]);
  const read = await Promise.race([reading, sleep(aMoment, undefined)]);
  if (read === undefined) return [];
  const [blueDeployment, blueValues, watchedRequests] = read;
  return blueSickness(system, { blueDeployment, blueValues, watchedRequests });
};
