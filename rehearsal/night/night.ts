import { nothingYet } from "../../definition/ledger.ts";
import { carry } from "./carry.ts";
import { misstepAt } from "./injection.ts";
import { moveTo } from "./move.ts";
import type { Ending, NightContext } from "./night-context.ts";
import { turnBack } from "./turn-back.ts";

/** One cutover night: up the ladder stage by stage, until it is complete or something ends it. */
export const runNight = async (context: NightContext): Promise<Ending> => {
  const { system, onProgress, signal } = context;
  let from = nothingYet;
  for (const stage of system.ladder) {
    signal.throwIfAborted();
    onProgress({ kind: "stage", stage: stage.name, title: stage.title });
    const ending =
      (await moveTo(context, from, stage)) ??
      (await carry(context, stage)) ??
      (misstepAt(context, "during", stage.name) === "turns back"
        ? await turnBack(context, stage)
        : undefined);
    if (ending !== undefined) return ending;
    from = stage.name;
  }
  return { outcome: "completed", rollback: null };
};
