import { shown, type Problem } from "./bad-input.ts";
import { rung } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import { deploymentsOf, type ReadinessComponent } from "./readiness.ts";
import type { SystemDefinition } from "./system.ts";
import { unknownNames } from "./unknown-names.ts";

/** Readiness that no stage waits for, and components that name what the plan does not have. */
export const readinessProblems = (plan: Plan): Problem[] => {
  const { readiness } = plan;
  if (readiness === undefined) return [];
  const left = plan.ladder.slice(0, -1).map(({ name }) => name);
  const at = rung(plan, readiness.toLeave);
  return [
    ...(at >= 0 && at < left.length
      ? []
      : [
          {
            key: "readiness.toLeave",
            found: shown(readiness.toLeave),
            expected: `a stage below the last: ${left.join(", ")}`,
          },
        ]),
    ...readiness.components.flatMap((component) => sourceProblems(plan, component)),
  ];
};

/** Sides that a component takes for something beside the system: `replicas` asks about them. */
export const ownSideProblems = ({
  readiness,
  workload,
  environments,
}: Pick<SystemDefinition, "readiness" | "workload" | "environments">): Problem[] =>
  (readiness?.components ?? []).flatMap((component) =>
    deploymentsOf(component).flatMap(({ namespace, name }) => {
      const side = (["blue", "green"] as const).find((one) => environments[one].name === name);
      if (side === undefined || namespace !== workload.namespace) return [];
      return {
        key: `readiness.components.${component.name}.from.deployments`,
        found: `${shown(name)}, which is ${side}`,
        expected: `Deployments beside the system, or from: { replicas: "${side}" }`,
      };
    }),
  );

const sourceProblems = (plan: Plan, { name, from }: ReadinessComponent): Problem[] => {
  const key = `readiness.components.${name}.from`;
  if ("checklist" in from) {
    return unknownNames(`${key}.checklist`, [from.checklist], plan.checklists.map(nameOf));
  }
  if ("backup" in from) {
    const backups = plan.backups.map(({ of }) => of);
    return unknownNames(`${key}.backup`, [from.backup], backups);
  }
  return [];
};

const nameOf = ({ name }: { readonly name: string }): string => name;
