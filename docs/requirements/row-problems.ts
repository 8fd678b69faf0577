import { judges } from "./judges.ts";
import type { PlanRows } from "./plan-rows.ts";
import type { NamedTest } from "./test-titles.ts";

/** What is wrong with the rows of a plan that tests show: an open one has its reason, and no other has. */
export const shownProblems = ({ rows }: PlanRows, tests: readonly NamedTest[]): readonly string[] =>
  Object.entries(rows).flatMap(([id, { open }]) => {
    const naming = tests.find(({ ids }) => ids.includes(id));
    if (naming === undefined) {
      return open === undefined
        ? [`${id} is named by no test; expected one, or "open" and why`]
        : [];
    }
    return open === undefined
      ? []
      : [`${id} is open, and ${naming.file} names it; expected one of the two`];
  });

/** What is wrong with the rows of a plan that rules judge: each names its judges, or says why it is open. */
export const judgedProblems = ({ rows }: PlanRows): readonly string[] =>
  Object.entries(rows).flatMap(([id, { judgedBy, open }]) => [
    ...((judgedBy === undefined) === (open === undefined)
      ? [`${id} has ${open === undefined ? "neither" : "both"}; expected "judgedBy" or "open"`]
      : []),
    ...(judgedBy ?? [])
      .filter((name) => !judges.has(name))
      .map(
        (name) => `${id} is judged by ${name}; expected one of ${[...judges.keys()].join(", ")}`,
      ),
  ]);
