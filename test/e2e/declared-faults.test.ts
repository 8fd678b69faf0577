import { expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import { faultsOf } from "../../rehearsal/scenarios/catalogue.ts";
import { plannedFaults } from "../../rehearsal/scenarios/planned-faults.ts";
import { lms } from "../../stacks/lms.ts";
import {
  onlyDeclared,
  rehearsedAtBaseline,
  rehearsedAtCanary,
  rehearsedOnSchema,
} from "./rehearsed-faults.ts";

const faults = faultsOf(lms);

test("every fault is rehearsed, or said to be declared only", () => {
  const listed = [
    ...[...rehearsedAtBaseline, ...rehearsedOnSchema, ...rehearsedAtCanary].map(
      ({ fault }) => fault,
    ),
    ...onlyDeclared,
  ];
  expect(listed.toSorted()).toEqual(faults.map(({ name }) => name).toSorted());
});

const rules = new Set(allRules.map(({ name }) => name));
const rollBack = new Set<string>(
  lms.thresholds.filter(({ breach }) => breach === "roll back").map(({ name }) => name),
);

test.for(faults.filter(({ stages }) => stages.length > 0))(
  "$name is declared with stages, and expects what can happen",
  (fault) => {
    const { name, expects, stages } = fault;
    expect(
      plannedFaults(
        lms,
        stages.map((stage) => `${name}@${stage}`),
      ),
    ).toHaveLength(stages.length);
    for (const rule of expects.refusedBy ?? []) expect(rules.has(rule), rule).toBe(true);
    for (const alarm of expects.triggeredBy ?? []) expect(rollBack.has(alarm), alarm).toBe(true);
    const cause = {
      completed: expects.refusedBy === undefined && expects.triggeredBy === undefined,
      refused: expects.refusedBy !== undefined || expects.updateFails === true,
      "rolled-back": expects.triggeredBy !== undefined,
    };
    expect(cause[expects.outcome]).toBe(true);
  },
);
