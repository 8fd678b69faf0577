import { expect, test } from "vitest";
import { deploymentProblems } from "../../../policies/rules/deployment-problems.ts";
import { goodFacts, move } from "../lms-night.ts";

const whole = goodFacts(move("baseline", "canary")).blueDeployment;

test("a side that is whole has no problem, also with more replicas than the least", () => {
  expect(deploymentProblems(whole, { least: 3 })).toEqual([]);
  expect(
    deploymentProblems({ ...whole, desired: 5, ready: 5, updated: 5, total: 5 }, { least: 3 }),
  ).toEqual([]);
});

test("every problem is named, not only the first", () =>
  expect(deploymentProblems({ ...whole, ready: 0, updated: 1 }, { least: 3 })).toHaveLength(3));
