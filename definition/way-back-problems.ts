import { shown, type Problem } from "./bad-input.ts";
import { rung } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import type { Stage, WayBack } from "./stage.ts";
import { inWords } from "./units.ts";

/** Ways back that land nowhere or later than where they begin, and steps that do not fit the budget. */
export const wayBackProblems = (plan: Plan): Problem[] =>
  waysBack(plan).flatMap(({ key, way, below }) => [
    ...landingProblems(plan, key, way, below),
    ...stepProblems(key, way),
  ]);

/** Every way back of a plan, with the key that it stands under and below how many stages it must land. */
export const waysBack = (
  plan: Pick<Plan, "ladder" | "rollback">,
): readonly { readonly key: string; readonly way: WayBack; readonly below: number }[] =>
  [
    { key: "rollback", ways: waysIn(plan.rollback), below: plan.ladder.length },
    ...plan.ladder.map((stage, index) => ({
      key: `ladder.${stage.name}.rollback`,
      ways: waysIn(stage.rollback),
      below: index + 1,
    })),
  ].flatMap(({ key, ways, below }) => ways.map((way) => ({ key, way, below })));

const landingProblems = (plan: Plan, key: string, { to }: WayBack, below: number): Problem[] => {
  const at = rung(plan, to);
  if (at >= 0 && at < below) return [];
  const allowed = plan.ladder.slice(0, below).map(({ name: stage }) => stage);
  return [
    {
      key: `${key}.to`,
      found: shown(to),
      expected: `a stage at or before it: ${allowed.join(", ")}`,
    },
  ];
};

const stepProblems = (key: string, { steps = [], within }: WayBack): Problem[] => {
  const total = steps.reduce((sum, { lasts }) => sum + lasts.milliseconds, 0);
  return total <= within.milliseconds
    ? []
    : [
        {
          key: `${key}.steps`,
          found: `${inWords({ milliseconds: total })} in all`,
          expected: `at most the budget of ${inWords(within)}`,
        },
      ];
};

const waysIn = (rollback: Stage["rollback"]): readonly WayBack[] =>
  rollback === undefined || !("to" in rollback) ? [] : [rollback, ...(rollback.otherwise ?? [])];
