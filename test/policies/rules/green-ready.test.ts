import { describe, expect, test } from "vitest";
import { greenReady } from "../../../policies/rules/green-ready.ts";
import { goodFacts, messageOf, move, night, outcome, without } from "../lms-night.ts";

const first = move("baseline", "canary");
const green = goodFacts(first).greenDeployment;
const judged = (changes: Partial<typeof green>) =>
  greenReady.judge(night(first, { greenDeployment: { ...green, ...changes } }));

test("S1-67: green with every replica ready may take traffic", () =>
  expect(outcome(greenReady, night(first))).toBe("passed"));

describe("S1-67: no traffic for a green that is not whole", () => {
  test.for([
    [{ ready: 2 }, "2 of 3 replicas of lms-green are ready"],
    [{ updated: 2, total: 3 }, "2 of 3 replicas of lms-green are up to date"],
    [{ total: 4 }, "1 replicas of lms-green are of an older template"],
    [
      { desired: 0, ready: 0, updated: 0, total: 0 },
      "lms-green asks for 0 replicas, at least 3 are due",
    ],
    [{ observed: false }, "lms-green's newest template is not rolled out yet"],
    [{ imageDigest: "sha256:other" }, "lms-green runs sha256:other, not sha256:9f1e"],
    [{ imageDigest: "" }, "lms-green runs an image without digest"],
  ] as const)("%j", ([changes, message]) => expect(messageOf(judged(changes))).toContain(message));
});

test("refuses when nobody knows how green stands", () =>
  expect(outcome(greenReady, without(night(first), "greenDeployment"))).toBe("refused"));
