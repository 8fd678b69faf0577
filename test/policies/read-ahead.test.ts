import { expect, test } from "vitest";
import { readAhead } from "../../policies/read-ahead.ts";

test.for([
  ["nothing", {}],
  ["a stack's config", { PULUMI_CONFIG: '{"lms:trafficWeight":"10","cutover:environment":"x"}' }],
  ["a system without a file", { PULUMI_CONFIG: '{"nobody:trafficWeight":"10"}' }],
  ["no JSON", { PULUMI_CONFIG: "{" }],
  ["no object", { PULUMI_CONFIG: "null" }],
] as const)("reading ahead from %s stops nothing", async ([, variables]) => {
  expect(() => readAhead(variables)).not.toThrow();
  // What went wrong in the background would end this test as an unhandled rejection.
  await new Promise(setImmediate);
});
