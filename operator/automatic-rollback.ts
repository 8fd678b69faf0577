import { rung, stageNamed } from "../definition/ladder.ts";
import { knownSickness } from "./known-sickness.ts";
import type { Look } from "./look.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";

/**
 * Why an alarm that orders the way back must not be obeyed without a person, in words; undefined where it
 * must be. Weights that nobody can read hold nothing up: writing them again does no harm.
 */
export const reasonToWait = async (
  operated: OperatedSystem,
  { green }: Look,
): Promise<string | undefined> => {
  const { definition, engine, workspace } = operated;
  if (green.known && green.value === 0) return "green has no traffic that could be taken back";
  const { entries } = ledgerIn(await engine.outputs(workspace), operated);
  const stage = entries.at(-1)?.to ?? "";
  const own = rung(definition, stage) < 0 ? undefined : stageNamed(definition, stage).authority;
  const { alarmSuffices, by } = own ?? definition.rollback.authority;
  if (!alarmSuffices) {
    const titles = by.map((role) => definition.roles[role]?.title ?? role);
    return `the plan wants the word of ${titles.join(" or ")}: cutover rollback ${definition.name} --stack ${workspace.stack}`;
  }
  const sickness = await knownSickness(operated);
  return sickness.length === 0
    ? undefined
    : `no safe side: ${sickness.join("; ")}; rolling back by hand stays open`;
};
