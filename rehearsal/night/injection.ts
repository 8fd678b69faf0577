import type { Misstep, PlannedFault } from "../scenarios/fault.ts";
import type { NightContext } from "./night-context.ts";

type Moment = PlannedFault["fault"]["moment"];

const planned = (context: NightContext, moment: Moment, stage: string): readonly PlannedFault[] =>
  context.planned.filter((each) => each.stage === stage && each.fault.moment === moment);

/**
 * Lets the faults that are planned for this moment happen. What disturbs the world does so once, also where a night
 * passes the stage again.
 */
export const inject = async (
  context: NightContext,
  moment: Moment,
  stage: string,
): Promise<void> => {
  const { world, journal, onProgress } = context;
  for (const { fault } of planned(context, moment, stage)) {
    if (journal.faults.some((happened) => happened.name === fault.name && happened.stage === stage))
      continue;
    for (const disturbance of fault.disturbances) await world.disturb(disturbance);
    const { name, sentence } = fault;
    journal.faults.push({ name, stage, sentence, at: world.clock.now() });
    journal.note("fault", `${name}: ${sentence}`);
    onProgress({ kind: "note", text: `Fault ${name}: ${sentence}` });
  }
};

/** What the operator does wrong at this moment, if anything. */
export const misstepAt = (
  context: NightContext,
  moment: Moment,
  stage: string,
): Misstep | undefined =>
  planned(context, moment, stage).find(({ fault }) => fault.misstep !== undefined)?.fault.misstep;
