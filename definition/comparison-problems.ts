import type { Problem } from "./bad-input.ts";
import { greenWeightAt } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import { inWords } from "./units.ts";
import { unknownNames } from "./unknown-names.ts";

/** Comparisons at stages that are none, or that a soak is too short for: such a stage could never be left. */
export const comparisonProblems = (plan: Plan): Problem[] =>
  (plan.comparisons ?? []).flatMap(({ name, at, leastValues }) => [
    ...unknownNames(
      `comparisons.${name}.at`,
      at ?? [],
      plan.ladder.map((one) => one.name),
    ),
    ...plan.ladder.slice(0, -1).flatMap(({ name: stage, leave }): Problem[] => {
      const green = greenWeightAt(plan, stage);
      if (green === 0 || green === 100 || at?.includes(stage) === false) return [];
      const soak = leave?.soak ?? { milliseconds: 0 };
      // A window that begins within a period holds one whole period less.
      const whole = Math.floor(soak.milliseconds / plan.alarms.period.milliseconds) - 1;
      return whole >= leastValues
        ? []
        : [
            {
              key: `comparisons.${name}.leastValues`,
              found: String(leastValues),
              expected: `at most the ${Math.max(0, whole)} whole periods of ${inWords(plan.alarms.period)} in the soak of ${stage}`,
            },
          ];
    }),
  ]);
