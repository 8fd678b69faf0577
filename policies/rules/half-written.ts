import { rung, weightsAt } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Weights } from "../../definition/traffic.ts";
import { raisedShare } from "../../definition/weighted-records.ts";
import type { Move } from "../move.ts";

/**
 * Whether an update stopped between the two records of a step up: green's is raised, and blue's not yet
 * lowered. Where one resource holds both weights there is nothing between.
 */
export const isHalfWritten = (
  { from, to }: Pick<Move, "from" | "to">,
  definition: SettledSystem,
  live: Weights,
): boolean => {
  if (definition.traffic.mechanism !== "route53 weighted") return false;
  if (rung(definition, from) < 0 || rung(definition, to) < 0) return false;
  return live.green === raisedShare(weightsAt(definition, from), weightsAt(definition, to));
};
