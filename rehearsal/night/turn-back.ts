import { greenWeightAt, stageNamed, stagesBetween, wayBackFrom } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import { carry } from "./carry.ts";
import { refusedEnding, type Ending, type NightContext } from "./night-context.ts";
import { reach } from "./reach.ts";
import { takeBack } from "./take-back.ts";

/**
 * The operator goes back although no alarm asks for it, lets the safe side carry the traffic as long as its stage says,
 * and comes up again to where it was. @returns an ending when one of the moves did not succeed.
 */
export const turnBack = async (
  context: NightContext,
  stage: Stage,
): Promise<Ending | undefined> => {
  const landed = await goBack(context, stage);
  if (landed === undefined) return refusedEnding;
  let ending = await carry(context, landed);
  let from = landed.name;
  for (const again of stagesBetween(context.definition, landed.name, stage.name)) {
    if (ending !== undefined) return ending;
    ending = await reach(context, from, again);
    from = again.name;
  }
  return ending;
};

/** One step back by hand. @returns where it landed; undefined when it did not. */
const goBack = async (context: NightContext, stage: Stage): Promise<Stage | undefined> => {
  const { world, journal, definition, onProgress } = context;
  const back = wayBackFrom(definition, stage.name);
  if (!("to" in back)) return undefined;
  onProgress({ kind: "doing", what: `by hand: back to ${back.to}` });
  await world.letTimePass(false);
  const began = world.clock.now();
  const { succeeded, green } = await takeBack(context);
  if (!succeeded) return undefined;
  journal.note("rollback", `Went back from ${stage.name} to ${back.to} by hand`, began);
  const text = `green has ${green} % again, as at ${back.to} (${greenWeightAt(definition, back.to)} %)`;
  onProgress({ kind: "reached", stage: back.to, text });
  return stageNamed(definition, back.to);
};
