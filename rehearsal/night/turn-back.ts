import { greenWeightAt, stageNamed, stagesBetween, wayBackFrom } from "../../definition/ladder.ts";
import type { Stage } from "../../definition/stage.ts";
import { firstError } from "../../engine/engine.ts";
import { carry } from "./carry.ts";
import { moveTo } from "./move.ts";
import { refusedEnding, type Ending, type NightContext } from "./night-context.ts";
import { noteRefusal } from "./refusal.ts";

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
  const { definition, onProgress } = context;
  let ending = await carry(context, landed);
  let from = landed.name;
  for (const again of stagesBetween(definition, landed.name, stage.name)) {
    if (ending !== undefined) return ending;
    onProgress({ kind: "stage", stage: again.name, title: again.title });
    ending = (await moveTo(context, from, again)) ?? (await carry(context, again));
    from = again.name;
  }
  return ending;
};

/** One step back by hand. @returns where it landed; undefined when it did not. */
const goBack = async (context: NightContext, stage: Stage): Promise<Stage | undefined> => {
  const { world, operator, journal, definition, onProgress } = context;
  const back = wayBackFrom(definition, stage.name);
  if (!("to" in back)) return undefined;
  onProgress({ kind: "doing", what: `by hand: back to ${back.to}` });
  await world.letTimePass(false);
  const began = world.clock.now();
  const { update } = await operator.rollBack();
  noteRefusal(context, update);
  if (!update.succeeded) {
    journal.failure = firstError(update);
    return undefined;
  }
  const weights = await world.weights();
  journal.weights.push({ at: world.clock.now(), green: weights.green });
  journal.note("rollback", `Went back from ${stage.name} to ${back.to} by hand`, began);
  const landed = stageNamed(definition, back.to);
  const text = `green has ${weights.green} % again, as at ${landed.name} (${greenWeightAt(definition, landed.name)} %)`;
  onProgress({ kind: "reached", stage: landed.name, text });
  return landed;
};
