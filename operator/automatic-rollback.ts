import { authorityFrom } from "../definition/ladder.ts";
import { titleOf } from "../policies/rules/evidence/how-to-sign.ts";
import { knownSickness } from "./known-sickness.ts";
import type { Look } from "./look.ts";
import { ledgerIn, type OperatedSystem } from "./stack.ts";

/**
 * Why an alarm that orders the way back must not be obeyed without a person, in words; undefined where it
 * must be. Weights that nobody can read hold nothing up: writing them again does no harm.
 */
export const reasonToWait = async (
  operated: OperatedSystem,
  { green, outputs }: Look,
): Promise<string | undefined> => {
  const { definition, system, workspace } = operated;
  if (green.known && green.value === 0) return "green has no traffic that could be taken back";
  const stage = ledgerIn(outputs, operated).entries.at(-1)?.to;
  const { alarmSuffices, by } = authorityFrom(definition, stage);
  if (!alarmSuffices) {
    const titles = by.map((role) => titleOf(system, role));
    return `the plan wants the word of ${titles.join(" or ")}: cutover rollback ${definition.name} --stack ${workspace.stack}`;
  }
  const sickness = await knownSickness(operated, outputs);
  return sickness.length === 0
    ? undefined
    : `no safe side: ${sickness.join("; ")}; rolling back by hand stays open`;
};
