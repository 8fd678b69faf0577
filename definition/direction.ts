import { nothingYet } from "./ledger.ts";
import { rung } from "./ladder.ts";
import type { Plan } from "./plan.ts";

/** Which way a move goes on the ladder. */
export type Direction = "begin" | "forward" | "back" | "stay";

/** The direction of a move; a stage that is none counts as below the ladder. */
export const directionOf = (
  plan: Pick<Plan, "ladder">,
  { from, to }: { readonly from: string; readonly to: string },
): Direction => {
  if (from === nothingYet) return "begin";
  const steps = rung(plan, to) - rung(plan, from);
  return steps > 0 ? "forward" : steps < 0 ? "back" : "stay";
};
