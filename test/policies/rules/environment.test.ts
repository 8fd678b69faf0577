import { expect, test } from "vitest";
import { environment } from "../../../policies/rules/environment.ts";
import { messageOf, move, night, outcome } from "../lms-night.ts";

const on = (stack: string, name: string) =>
  night(move("canary", "half", { stack, environment: name }));

test.for([
  ["rehearsal", "rehearsal", "passed"],
  ["rehearsal-7f3a", "rehearsal", "passed"],
  ["rehearsals", "rehearsal", "refused"],
  ["prod", "rehearsal", "refused"],
  ["prod", "production", "passed"],
  ["staging", "staging", "passed"],
  ["rehearsal", "production", "refused"],
  ["rehearsal-1", "staging", "refused"],
  ["", "rehearsal", "refused"],
  ["prod", "prod", "refused"],
] as const)("stack %s, environment %s: %s", ([stack, name, expected]) =>
  expect(outcome(environment, on(stack, name))).toBe(expected),
);

test("it binds the first move as well", () =>
  expect(outcome(environment, night(move("(none)", "baseline", { stack: "prod" })))).toBe(
    "refused",
  ));

test("the message says what was found and what belongs there", () =>
  expect(messageOf(environment.judge(on("prod", "rehearsal")))).toBe(
    "refused: cutover:environment rehearsal on stack prod; expected a stack named rehearsal, or rehearsal-….",
  ));
