import type { Problem } from "./bad-input.ts";
import type { Plan } from "./plan.ts";
import type { RollbackAuthority, Stage } from "./stage.ts";
import { unknownNames } from "./unknown-names.ts";

/** Names of roles, stages, checkpoints and the like that a plan uses and does not declare. */
export const referenceProblems = (plan: Plan): Problem[] => {
  const known = namesIn(plan);
  return [
    ...ladderReferences(plan, known),
    ...checkReferences(plan, known),
    ...peopleReferences(plan, known),
  ];
};

interface Known {
  readonly roles: readonly string[];
  readonly stages: readonly string[];
}

const namesIn = ({ roles, ladder }: Plan): Known => ({
  roles: Object.keys(roles),
  stages: ladder.map(({ name }) => name),
});

const ladderReferences = (plan: Plan, { roles, stages }: Known): Problem[] => {
  const checkpoints = plan.checkpoints.map(({ name }) => name);
  const checklists = plan.checklists.map(({ name }) => name);
  const dataChecks = (plan.dataChecks ?? []).map(({ name }) => name);
  const ofStage = ({ name, leave, authority }: Stage): Problem[] => {
    const key = `ladder.${name}`;
    return [
      ...unknownNames(`${key}.leave.checkpoint`, [leave?.checkpoint ?? []].flat(), checkpoints),
      ...unknownNames(`${key}.leave.data`, leave?.data ?? [], dataChecks),
      ...unknownNames(`${key}.leave.checklists`, leave?.checklists ?? [], checklists),
      ...unknownNames(`${key}.leave.signedBy`, leave?.signedBy ?? [], roles),
      ...ordering(`${key}.authority`, authority),
    ];
  };
  const ordering = (key: string, authority: RollbackAuthority | undefined): Problem[] =>
    unknownNames(`${key}.by`, authority?.by ?? [], roles);
  return [
    ...plan.ladder.flatMap(ofStage),
    ...ordering("rollback.authority", plan.rollback.authority),
    ...plan.thresholds.flatMap(({ name, at }) =>
      unknownNames(`thresholds.${name}.at`, at ?? [], stages),
    ),
  ];
};

const checkReferences = (plan: Plan, { roles, stages }: Known): Problem[] => [
  ...(plan.staged === undefined
    ? []
    : [
        ...unknownNames("staged.reached", [plan.staged.reached], stages),
        ...unknownNames("staged.by", [plan.staged.by], roles),
      ]),
  ...plan.backups.flatMap(({ of, owner, madeIn }) => [
    ...unknownNames(`backups.${of}.owner`, [owner], roles),
    ...unknownNames(`backups.${of}.madeIn`, madeIn === undefined ? [] : [madeIn], stages),
  ]),
  ...plan.checklists.flatMap(({ name, items }) =>
    items.flatMap(({ owner }, index) =>
      unknownNames(`checklists.${name}.items.${index}.owner`, [owner], roles),
    ),
  ),
  ...plan.checkpoints.flatMap(({ name, after, decidedBy, consensusOf = [] }) => [
    ...unknownNames(`checkpoints.${name}.after`, [after], stages),
    ...unknownNames(`checkpoints.${name}.decidedBy`, decidedBy, roles),
    ...unknownNames(`checkpoints.${name}.consensusOf`, consensusOf, roles),
  ]),
];

const peopleReferences = (plan: Plan, { roles, stages }: Known): Problem[] => [
  ...plan.contacts.flatMap(({ role }) => unknownNames("contacts.role", [role], roles)),
  ...plan.preparation.flatMap(({ owner }, index) =>
    unknownNames(`preparation.${index}.owner`, [owner], roles),
  ),
  ...plan.communications.flatMap(({ sender }, index) =>
    unknownNames(`communications.${index}.sender`, [sender], roles),
  ),
  ...plan.followUps.flatMap(({ owner }, index) =>
    unknownNames(`followUps.${index}.owner`, [owner], roles),
  ),
  ...plan.night.slots.flatMap(({ owner, movesTo, involved }, index) => {
    const key = `night.slots.${index}`;
    const asked = [
      involved?.accountable ?? [],
      involved?.consulted ?? [],
      involved?.informed ?? [],
    ];
    return [
      ...unknownNames(`${key}.owner`, [owner], [...roles, "everyone"]),
      ...unknownNames(`${key}.movesTo`, movesTo === undefined ? [] : [movesTo], stages),
      ...unknownNames(`${key}.involved`, asked.flat(), [...roles, "everyone"]),
    ];
  }),
];
