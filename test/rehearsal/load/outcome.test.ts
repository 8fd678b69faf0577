import { expect, test } from "vitest";
import { outcomeOf } from "../../../rehearsal/load/outcome.ts";

test.for([
  { status: 200, servedBy: "blue", maintenance: undefined, outcome: "ok" },
  { status: 404, servedBy: "green", maintenance: undefined, outcome: "ok" },
  { status: 499, servedBy: "green", maintenance: undefined, outcome: "ok" },
  { status: 500, servedBy: "green", maintenance: undefined, outcome: "failed" },
  { status: 404, servedBy: undefined, maintenance: undefined, outcome: "failed" },
  { status: 503, servedBy: undefined, maintenance: undefined, outcome: "failed" },
  { status: 503, servedBy: undefined, maintenance: "true", outcome: "maintenance" },
  { status: 500, servedBy: undefined, maintenance: "true", outcome: "failed" },
  { status: 200, servedBy: "purple", maintenance: undefined, outcome: "failed" },
])("$status by $servedBy, maintenance $maintenance: $outcome", ({ outcome, ...answer }) => {
  expect(outcomeOf(answer)).toBe(outcome);
});
