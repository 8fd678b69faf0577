import { expect, test } from "vitest";
import { loadEarly } from "../../policies/early-loading.ts";

test.for([
  ["names no system", { "cutover:environment": "rehearsal" }],
  ["names one that does not load", { "cutover:environment": "rehearsal", "nothing:weight": "0" }],
  ["names one", { "cutover:environment": "rehearsal", "lms:trafficWeight": "0" }],
] as const)("a config that %s is left to the verdict", ([, config]) =>
  expect(loadEarly(config)).resolves.toBeUndefined(),
);
