import { nothingYet } from "../../definition/ledger.ts";
import { misstepAt } from "./injection.ts";
import type { Ending, NightContext } from "./night-context.ts";
import { reach } from "./reach.ts";
import { turnBack } from "./turn-back.ts";

/** One cutover night: up the ladder stage by stage, until it is complete or something ends it. */
export const runNight = async (context: NightContext): Promise<Ending> => {
  const { system } = context;
  let from = nothingYet;
  for (const stage of system.ladder) {
    const ending =
      (await reach(context, from, stage)) ??
      (misstepAt(context, "during", stage.name) === "turns back"
        ? await turnBack(context, stage)
        : undefined);
    if (ending !== undefined) return ending;
    from = stage.name;
  }
  return { outcome: "completed", rollback: null };
};
