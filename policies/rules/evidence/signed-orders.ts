import { authorityFrom } from "../../../definition/ladder.ts";
import type { FactValues } from "../../facts/facts.ts";
import type { Night } from "../rule.ts";
import { counting, type Counting } from "./counting.ts";

/**
 * The orders for a way back by those who may give one. An order is bound to one place in the ledger, so it needs no
 * clock.
 */
export const signedOrders = ({
  move,
  definition,
  evidence,
}: Pick<Night<"evidence">, "move" | "definition"> &
  Pick<FactValues, "evidence">): Counting<"rollback"> => {
  const { by } = authorityFrom(definition, move.from);
  return counting({
    kind: "rollback",
    evidence,
    definition,
    move,
    now: undefined,
    concerns: ({ role }) => by.includes(role),
  });
};
