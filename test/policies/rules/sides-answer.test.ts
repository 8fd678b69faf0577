import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sidesAnswer } from "../../../policies/rules/sides-answer.ts";
import { goodFacts, messageOf, move, night, outcome, system, without } from "../lms-night.ts";

const first = move("baseline", "canary");
const { blueAnswers: blue, greenAnswers: green } = goodFacts(first);
const greenSays = (fields: Readonly<Record<string, unknown>>) =>
  night(first, {
    greenAnswers: {
      ...green,
      health: { code: 200, fields: { ...green.health.fields, ...fields } },
    },
  });

test("S1-64: green that says it is well, and of which version, may take traffic", () =>
  expect(outcome(sidesAnswer, night(first))).toBe("passed"));

describe("S1-64: no traffic for a green whose health endpoint says anything else", () => {
  test.for([
    [{ status: "degraded" }, "says status: degraded, not healthy"],
    [{ version: "3.0.1" }, "says version: 3.0.1, not 3.0.0"],
    [{ version: 3 }, "says version: 3, not 3.0.0"],
    [{ database: undefined }, "says database: nothing, not connected"],
    [{ timestamp: undefined }, "says nothing of timestamp"],
    [{ status: `a\n${"long".repeat(100)}` }, "says status: a long"],
  ] as const)("%j", ([fields, message]) =>
    expect(messageOf(sidesAnswer.judge(greenSays(fields)))).toContain(
      `lms-green /api/health ${message}`,
    ),
  );
});

test("S1-64: an error of its health endpoint is named with its status", () =>
  expect(
    messageOf(
      sidesAnswer.judge(
        night(first, { greenAnswers: { ...green, health: { code: 503, fields: {} } } }),
      ),
    ),
  ).toContain("lms-green /api/health answers 503"));

test("S1-65: its status endpoint must answer well too", () =>
  expect(
    messageOf(
      sidesAnswer.judge(
        night(first, { greenAnswers: { ...green, status: { code: 404, fields: {} } } }),
      ),
    ),
  ).toContain("lms-green /api/v1/status answers 404"));

test("S1-66: each service that green needs must be connected", () => {
  const { workload } = system;
  const health = { ...workload.health, dependencies: ["mail", "payroll"] };
  const definition = { ...system, workload: { ...workload, health } };
  const judged = { ...greenSays({ mail: "connected", payroll: "timeout" }), definition };
  expect(messageOf(sidesAnswer.judge(judged))).toContain("says payroll: timeout, not connected");
  const connected = { ...greenSays({ mail: "connected", payroll: "connected" }), definition };
  expect(outcome(sidesAnswer, connected)).toBe("passed");
});

test("S1-36: blue must be the version to go back to", () =>
  expect(
    messageOf(
      sidesAnswer.judge(
        night(first, {
          blueAnswers: { ...blue, health: { code: 200, fields: { version: "3.0.0" } } },
        }),
      ),
    ),
  ).toContain("lms-blue /api/health says version: 3.0.0, not 2.14.1"));

test.for(["blueAnswers", "greenAnswers"] as const)("refuses when nobody knows %s", (fact) =>
  expect(outcome(sidesAnswer, without(night(first), fact))).toBe("refused"),
);

test("a way back waits for no answer", () =>
  expect(outcome(sidesAnswer, { ...night(move("half", "baseline")), facts: {} })).toBe(
    "not-applicable",
  ));

test("whatever a health endpoint says, the verdict is one line", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const greenAnswers = { ...green, health: { code: 200, fields } };
      const verdict = sidesAnswer.judge(night(first, { greenAnswers }));
      expect(messageOf(verdict)).toMatch(/^refused: [^\n]*$/);
    }),
  );
});
