import { alarmsQuiet } from "./rules/alarms-quiet.ts";
import { dataInStep } from "./rules/data-in-step.ts";
import { greenReady } from "./rules/green-ready.ts";
import { liveHealth } from "./rules/live-health.ts";
import { readBack } from "./rules/read-back.ts";
import type { Rule } from "./rules/rule.ts";
import { safeSide } from "./rules/safe-side.ts";
import { schemaAtHead } from "./rules/schema-at-head.ts";
import { sidesAnswer } from "./rules/sides-answer.ts";
import type { Variables } from "./facts/sources.ts";
import { realSurroundings, sit, type Component } from "./sitting.ts";

/** The gates whose facts can change between a verdict and the write that it allowed. */
const changing: readonly Rule[] = [
  readBack,
  greenReady,
  sidesAnswer,
  schemaAtHead,
  dataInStep,
  liveHealth,
  alarmsQuiet,
  safeSide,
];

/**
 * Asks the gates that look at the night once more, with facts read now.
 * @returns what they refuse, one line each; empty when the write may go on.
 */
export const lastReading = async (
  component: Component,
  variables: Variables,
): Promise<readonly string[]> => {
  const sitting = await sit(component, realSurroundings(variables, changing));
  if (!sitting.known) return [`not judged: ${sitting.reason}`];
  const { verdicts } = await sitting.value.judgement;
  return verdicts.flatMap(({ rule, verdict }) =>
    verdict.outcome === "refused" ? `${rule}: ${verdict.message}` : [],
  );
};
