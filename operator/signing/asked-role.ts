import { BadInput, shown, shownName } from "../../definition/bad-input.ts";
import { authorityFrom, rung, stageNamed } from "../../definition/ladder.ts";
import type { Plan } from "../../definition/plan.ts";
import { promisedNotices } from "../../policies/rules/evidence/promised-notices.ts";
import type { AskedKind } from "./asked-kind.ts";
import type { Signer } from "./signer.ts";

/** Roles that the plan asks for a kind of statement. */
export const askedRoles = (
  plan: Pick<
    Plan,
    | "ladder"
    | "checkpoints"
    | "checklists"
    | "backups"
    | "rollback"
    | "roles"
    | "communications"
    | "staged"
    | "calendar"
  >,
  kind: AskedKind,
  from: string | undefined,
): readonly string[] => {
  const stage = from === undefined || rung(plan, from) < 0 ? undefined : stageNamed(plan, from);
  switch (kind.statement) {
    case "approval":
      return stage?.leave?.signedBy ?? [];
    case "checkpoint":
      return plan.checkpoints
        .filter(({ name }) => name === kind.checkpoint)
        .flatMap(({ decidedBy, consensusOf = [] }) => [...decidedBy, ...consensusOf]);
    case "checklist":
      return (
        plan.checklists
          .find(({ name }) => name === kind.checklist)
          ?.items.map(({ owner }) => owner) ?? []
      );
    case "backup":
      return plan.backups.filter(({ of }) => of === kind.of).map(({ owner }) => owner);
    case "rehearsal":
      return Object.keys(plan.roles);
    case "notice":
      return (
        promisedNotices(plan).find(({ message }) => message === kind.message)?.senders ??
        Object.keys(plan.roles)
      );
    case "window-unused":
      return plan.rollback.authority.by;
    case "staging":
      return plan.staged === undefined ? [] : [plan.staged.by];
    case "rollback":
    case "glass-review":
      return authorityFrom(plan, from).by;
    case "break-glass":
      return Object.keys(plan.roles);
  }
};

/**
 * The role in which somebody signs.
 * @param as the role that they name, if any.
 * @param asked roles that the plan asks.
 * @throws BadInput when none of them is theirs, or several are and they name none.
 */
export const signingRole = (
  where: string,
  as: string | undefined,
  { person, roles }: Pick<Signer, "person" | "roles">,
  asked: readonly string[],
): string => {
  const able = [...new Set(asked)].filter((role) => roles.includes(role));
  const [only] = able;
  if (as === undefined && only !== undefined && able.length === 1) return only;
  if (as !== undefined && able.includes(as)) return as;
  const has = roles.length === 0 ? "no role" : roles.join(", ");
  throw new BadInput({
    where,
    key: "--as",
    found: as === undefined ? "not set" : shown(as),
    expected:
      able.length > 0
        ? able.join(" or ")
        : asked.length === 0
          ? "nobody: the plan asks nobody to sign this"
          : `${[...new Set(asked)].join(" or ")}; ${shownName(person)} has ${has}`,
  });
};
