import { definitionDigest, digest, nothingYet } from "../../definition/ledger.ts";
import { rung, wayBackFrom } from "../../definition/ladder.ts";
import type { SettledSystem } from "../../definition/system.ts";
import type { Transition } from "../../definition/transition.ts";
import { days, minutes } from "../../definition/units.ts";
import { beginning } from "../../policies/rules/calendar/beginning.ts";
import { promisedNotices } from "../../policies/rules/evidence/promised-notices.ts";
import type { Unsigned } from "./rehearsal-people.ts";

/** How long before it is signed a backup of the rehearsal was taken; an example. */
const backupAge = minutes(30).milliseconds;

/**
 * Everything that people sign so that a move may go forward, as the plan asks for it: checklists done,
 * checkpoints answered well, approvals in their order, a backup that was read back, notices sent in time.
 * @param now when it is signed, milliseconds since the epoch.
 */
export const askedStatements = (
  definition: SettledSystem,
  transition: Pick<Transition, "from" | "to" | "sequence" | "follows">,
  { stack, now }: { readonly stack: string; readonly now: number },
): readonly Unsigned[] => {
  const { from, to, sequence, follows } = transition;
  const head = {
    version: 1,
    system: definition.name,
    stack,
    definition: definitionDigest(definition),
    at: new Date(now).toISOString(),
    until: new Date(now + days(30).milliseconds).toISOString(),
  } as const;
  const move = { from, to, sequence, follows };
  const leave = definition.ladder[rung(definition, from)]?.leave ?? {};
  const named = <T extends { readonly name: string }>(
    all: readonly T[],
    names: readonly string[],
  ) => all.filter(({ name }) => names.includes(name));

  const checklists = named(definition.checklists, leave.checklists ?? []).flatMap(
    ({ name, items }): Unsigned[] =>
      [...new Set(items.map(({ owner }) => owner))].map((role) => ({
        statement: "checklist",
        ...head,
        role,
        checklist: name,
        done: items.filter(({ owner }) => owner === role).map(({ title }) => title),
      })),
  );
  const checkpoints = named(definition.checkpoints, [leave.checkpoint ?? []].flat()).flatMap(
    ({ name, decidedBy, questions }): Unsigned[] =>
      decidedBy.map((role) => ({
        statement: "checkpoint",
        ...head,
        role,
        move,
        checkpoint: name,
        answers: questions.map(({ question, good }) => ({ question, answer: good })),
      })),
  );
  const approvals = (leave.signedBy ?? []).map((role): Unsigned => ({
    statement: "approval",
    ...head,
    role,
    move,
  }));
  const backups = definition.backups
    .filter(({ madeIn }) => from === (madeIn ?? nothingYet))
    .map(({ of, owner, leastMegabytes = 1 }): Unsigned => {
      const bytes = leastMegabytes * 1_000_000;
      return {
        statement: "backup",
        ...head,
        role: owner,
        of,
        file: `${of}.example.dump`,
        takenAt: new Date(now - backupAge).toISOString(),
        bytes,
        sha256: digest("an example"),
        previousBytes: bytes,
        restoredAt: new Date(now - backupAge / 2).toISOString(),
      };
    });
  const t0 = beginning(definition.calendar, now);
  const notices = (from === nothingYet ? promisedNotices(definition) : []).flatMap(
    ({ message, ahead, senders: [role] }): Unsigned[] =>
      role === undefined
        ? []
        : [
            {
              statement: "notice",
              ...{ ...head, role, sentAt: new Date(t0 - ahead.milliseconds).toISOString() },
              ...(message !== undefined && { message }),
            },
          ],
  );
  const rehearsals = leave.rehearsed === undefined ? [] : [rehearsalOf(definition, head, to)];
  return [...checklists, ...checkpoints, ...approvals, ...backups, ...notices, ...rehearsals];
};

const rehearsalOf = (
  definition: SettledSystem,
  head: Omit<Extract<Unsigned, { statement: "approval" }>, "statement" | "role" | "move">,
  to: string,
): Unsigned => {
  const back = wayBackFrom(definition, to);
  const budgetMilliseconds = "to" in back ? back.within.milliseconds : 0;
  return {
    statement: "rehearsal",
    ...head,
    role: Object.keys(definition.roles)[0] ?? "",
    ranAt: head.at,
    completed: true,
    rollbacks: [{ stage: to, restoredMilliseconds: budgetMilliseconds / 2, budgetMilliseconds }],
  };
};
