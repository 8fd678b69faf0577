import { expect, test } from "vitest";
import { measured } from "../../../definition/thresholds.ts";
import { count } from "../../../definition/units.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { safeSide } from "../../../policies/rules/safe-side.ts";
import { goodFacts, messageOf, move, night, outcome, without } from "../lms-night.ts";

const half = move("half", "full");
const { blueDeployment, blueValues } = goodFacts(half);

test("a healthy blue is a safe side", () => expect(outcome(safeSide, night(half))).toBe("passed"));

test("a blue with a missing replica is none", () =>
  expect(
    messageOf(safeSide.judge(night(half, { blueDeployment: { ...blueDeployment, ready: 2 } }))),
  ).toBe("refused: no safe side: 2 of 3 replicas of lms-blue are ready."));

test("a blue that breaches what orders a rollback is none; what is only investigated does not count", () => {
  const judged = (name: string, value: number) =>
    outcome(safeSide, night(half, { blueValues: { ...blueValues, [name]: known(value) } }));
  expect(judged("error-rate", 1)).toBe("refused");
  expect(judged("error-rate", 0.999)).toBe("passed");
  expect(judged("failed-requests", 0.5)).toBe("refused");
  expect(judged("failed-requests", NaN)).toBe("refused");
  expect(judged("cpu", 99)).toBe("passed");
});

test("S1-58: a blue that fails its users on the new schema is none, before green has any of them", () =>
  expect(
    outcome(
      safeSide,
      night(move("baseline", "canary"), { blueValues: { ...blueValues, "error-rate": known(58) } }),
    ),
  ).toBe("refused"));

test("with fewer than 20 requests blue's shares mean nothing", () => {
  const judged = (blue: number) =>
    outcome(
      safeSide,
      night(half, {
        blueValues: { ...blueValues, "error-rate": unknown("none") },
        watchedRequests: { blue, green: 100 },
      }),
    );
  expect(judged(19)).toBe("passed");
  expect(judged(20)).toBe("refused");
  expect(judged(NaN)).toBe("refused");
});

test("S4-47: what differs between both sides says nothing of blue alone", () => {
  const { definition } = night(half);
  const differing = measured(
    { name: "mismatches", title: "Rows that differ", query: "max:sync.mismatches{service:sync}" },
    { below: count(1), breach: "roll back", source: "S4-47" },
  );
  const judged = {
    ...night(half),
    definition: { ...definition, thresholds: [...definition.thresholds, differing] },
  };
  expect(outcome(safeSide, judged)).toBe("passed");
});

test.for(["blueDeployment", "blueValues", "watchedRequests"] as const)(
  "refuses without %s",
  (name) => expect(outcome(safeSide, without(night(half), name))).toBe("refused"),
);
