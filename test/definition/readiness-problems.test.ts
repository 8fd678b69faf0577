import { expect, test } from "vitest";
import { ownSideProblems } from "../../definition/readiness-problems.ts";
import type { Readiness } from "../../definition/readiness.ts";
import { percent } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

const asking = (namespace: string, name: string) => {
  const readiness: Readiness = {
    toLeave: "baseline",
    atLeast: percent(100),
    components: [
      {
        name: "beside",
        title: "What both sides stand on",
        weight: 1,
        from: { deployments: [{ namespace, name }] },
        source: "an example",
      },
    ],
    source: "an example",
  };
  return ownSideProblems({ ...lms, readiness });
};

test("a side is no Deployment beside the system", () => {
  expect(asking("production", "lms-green")).toEqual([
    {
      key: "readiness.components.beside.from.deployments",
      found: '"lms-green", which is green',
      expected: 'Deployments beside the system, or from: { replicas: "green" }',
    },
  ]);
});

test("another Deployment of the same namespace is, and so is one of that name elsewhere", () => {
  expect(asking("production", "redis")).toEqual([]);
  expect(asking("elsewhere", "lms-green")).toEqual([]);
});

test("a plan without readiness has no such mistake", () => {
  const { readiness: _, ...without } = lms;
  expect(ownSideProblems(without)).toEqual([]);
});
