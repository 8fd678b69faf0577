import { weightsAt } from "../definition/ladder.ts";
import { definitionDigest, partOf } from "../definition/ledger.ts";
import { deriveTransition } from "../definition/transition.ts";
import { ttlSince } from "../definition/ttl-since.ts";
import { unorderedWaysBack } from "../definition/unordered-ways-back.ts";
import { allRules } from "../policies/all-rules.ts";
import { cutoverType } from "../policies/cutover-type.ts";
import type { Judgement } from "../policies/judge.ts";
import { recordedMark } from "../policies/recorded-mark.ts";
import { realSurroundings, sit, type Component } from "../policies/sitting.ts";
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
  const component = cutoverTo(operated, outputs, stage);
  const sitting = await sit(component, realSurroundings(operated.workspace.environment, allRules));
  return sitting.known ? sitting.value.judgement : undefined;
};

/** The component that a move to `stage` would declare, as the pack would see it. */
export const cutoverTo = (
  operated: Pick<OperatedSystem, "definition" | "system" | "environment" | "workspace">,
  outputs: StackOutputs,
  stage: string,
): Component => {
  const { definition, system, environment, workspace } = operated;
  const reading = ledgerIn(outputs, operated);
  const { transition, recorded } = deriveTransition(reading, stage);
  const unordered = unorderedWaysBack(system, reading.entries, transition);
  return {
    urn: `urn:pulumi:${workspace.stack}::cutover::${cutoverType}::${definition.name}-cutover`,
    props: {
      system: definition.name,
      environment,
      definition: definitionDigest(system),
      transition,
      weights: weightsAt(definition, transition.to),
      alarms: partOf(outputs["alarms"], definition.name),
      panels: system.thresholds.map(({ name }) => name),
      ...(system.names !== undefined && {
        ttlSince: ttlSince(system, reading.entries, transition),
      }),
      ...(unordered.length > 0 && { unordered }),
    },
    ignoreChanges: recorded ? [recordedMark] : [],
  };
};
