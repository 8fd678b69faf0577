import fc from "fast-check";
import { expect, test } from "vitest";
import { limitOf } from "../../../definition/thresholds.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { thresholdFindings } from "../../../policies/rules/threshold-findings.ts";
import { rawdog } from "../../../stacks/rawdog.ts";
import { system } from "../lms-night.ts";
import { settled } from "../plan-night.ts";

const problems = (name: string, value: number): readonly string[] =>
  thresholdFindings(
    "green",
    system.thresholds.filter((threshold) => threshold.name === name),
    { [name]: known(value) },
    { missing: "is a problem" },
  ).problems;

test.for([
  ["S1-71", "error-rate", 1, "Error rate on green is 1 %, limit below 1 %"],
  ["S1-72", "failed-requests", 0.5, "Failed requests on green is 0.5 %, limit below 0.5 %"],
  ["S1-73", "p95-latency", 500, "Response time (p95) on green is 500 ms, limit below 500 ms"],
  ["S1-74", "cpu", 70, "CPU utilisation on green is 70 %, limit below 70 %"],
  ["S1-75", "memory", 80, "Memory utilisation on green is 80 %, limit below 80 %"],
] as const)("%s: %s at %d is a breach, anything below is not", ([, name, limit, message]) => {
  expect(problems(name, limit)).toEqual([message]);
  expect(problems(name, limit - 0.001)).toEqual([]);
});

test("S4-43: a limit that may be reached is not breached before it is passed", () => {
  const [errors] = settled(rawdog).thresholds;
  const at = (value: number) =>
    thresholdFindings(
      "green",
      errors === undefined ? [] : [errors],
      { "error-rate": known(value) },
      { missing: "is a problem" },
    ).problems;
  expect(at(5)).toEqual([]);
  expect(at(5.01)).toEqual(["Error rate on green is 5.01 %, limit at most 5 %"]);
});

test.for([NaN, Infinity, -Infinity, -0.001])("%d is no measurement", (value) =>
  expect(problems("cpu", value)[0]).toMatch(/which is no measurement$/),
);

test("a value that nobody knows is a problem, unless it may be missing", () => {
  const values = { cpu: unknown("Datadog has no value for it") };
  const thresholds = system.thresholds.filter(({ name }) => name === "cpu" || name === "memory");
  expect(
    thresholdFindings("green", thresholds, values, { missing: "is a problem" }).problems,
  ).toEqual([
    "CPU utilisation on green is unknown: Datadog has no value for it",
    "Memory utilisation on green is unknown: nobody read it",
  ]);
  expect(thresholdFindings("green", thresholds, values, { missing: "is fine" }).problems).toEqual(
    [],
  );
});

test("for any value: in order exactly when it is at least 0 and below the limit", () =>
  fc.assert(
    fc.property(fc.constantFrom(...system.thresholds), fc.double(), (threshold, value) => {
      const fine = value >= 0 && value < limitOf(threshold).value;
      expect(problems(threshold.name, value)).toHaveLength(fine ? 0 : 1);
    }),
  ));
