import { rung, wayBackFrom } from "../../../definition/ladder.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import type { Move } from "../../move.ts";

/** Why the calendar does not bind a step up, where it does not. */
export const unbound = ({
  move: { from, to },
  definition,
}: {
  readonly move: Pick<Move, "from" | "to">;
  readonly definition: SettledSystem;
}): string | undefined => {
  const reason = definition.ladder[rung(definition, to)]?.anyTime;
  if (reason !== undefined) return reason;
  if (rung(definition, from) < 0 || "to" in wayBackFrom(definition, from)) return undefined;
  return `there is no way back from ${from}, so nothing holds up the way forward`;
};
