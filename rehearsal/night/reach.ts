import type { Stage } from "../../definition/stage.ts";
import { carry } from "./carry.ts";
import { moveTo } from "./move.ts";
import type { Ending, NightContext } from "./night-context.ts";

/** One step up, and the traffic carried there. @returns an ending when that ends the night. */
export const reach = async (
  context: NightContext,
  from: string,
  stage: Stage,
): Promise<Ending | undefined> => {
  context.signal.throwIfAborted();
  context.onProgress({ kind: "stage", stage: stage.name, title: stage.title });
  return (await moveTo(context, from, stage)) ?? (await carry(context, stage));
};
