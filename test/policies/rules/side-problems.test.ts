import { expect, test } from "vitest";
import { sideProblems } from "../../../policies/rules/side-problems.ts";
import { goodFacts, move, system } from "../lms-night.ts";

const { blueDeployment: blue, greenDeployment: green } = goodFacts(move("baseline", "canary"));

test("each side is held against the image that the definition gives it", () => {
  expect(sideProblems(system, "blue", blue)).toEqual([]);
  expect(sideProblems(system, "green", green)).toEqual([]);
  expect(sideProblems(system, "blue", { ...blue, imageDigest: green.imageDigest })).toEqual([
    `lms-blue runs ${green.imageDigest}, not ${blue.imageDigest}`,
  ]);
});

test("replicas and image are named both", () =>
  expect(sideProblems(system, "green", { ...green, ready: 0, imageDigest: "" })).toEqual([
    "0 of 3 replicas of lms-green are ready",
    `lms-green runs an image without digest, not ${green.imageDigest}`,
  ]));
