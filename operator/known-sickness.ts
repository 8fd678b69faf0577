import { setTimeout as sleep } from "node:timers/promises";
import { blueSickness } from "../policies/rules/blue-sickness.ts";
import { factsHere } from "./facts-here.ts";
import type { OperatedSystem, StackOutputs } from "./stack.ts";

/** How long the way back waits for facts about blue, wall milliseconds. */
const aMoment = 2_000;

/**
 * What is known to make blue no better than green, in words. Whatever cannot be learned in a moment counts
 * as nothing: it must not hold up the way back.
 * @param outputs of the stack, as its last update left them.
 */
export const knownSickness = async (
  operated: OperatedSystem,
  outputs: StackOutputs,
): Promise<readonly string[]> => {
  const facts = factsHere(operated, outputs);
  if (!facts.known) return [];
  const reading = Promise.all([
    facts.value.blueDeployment(),
    facts.value.blueValues(),
    facts.value.watchedRequests(),
  ]);
  const read = await Promise.race([reading, sleep(aMoment, undefined)]);
  if (read === undefined) return [];
  const [blueDeployment, blueValues, watchedRequests] = read;
  return blueSickness(operated.system, { blueDeployment, blueValues, watchedRequests });
};
