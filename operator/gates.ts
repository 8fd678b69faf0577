import { greenWeightAt } from "../definition/ladder.ts";
import { definitionDigest, partOf } from "../definition/ledger.ts";
import { deriveTransition } from "../definition/transition.ts";
import { cutoverType } from "../policies/cutover-type.ts";
import type { Judgement } from "../policies/judge.ts";
import { recordedMark } from "../policies/recorded-mark.ts";
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
