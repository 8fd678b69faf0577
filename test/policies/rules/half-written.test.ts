import { expect, test } from "vitest";
import { isHalfWritten } from "../../../policies/rules/half-written.ts";
import { byWeightedRecords } from "../../weighted-records-system.ts";
import { move, system } from "../lms-night.ts";

const canary = move("canary", "half");
const at = (green: number) => ({ blue: 100 - green, green });

test.for([
  ["baseline", "canary", 9.09, "10 of 110"],
  ["canary", "half", 35.71, "50 of 140"],
  ["half", "full", 66.67, "100 of 150"],
] as const)("from %s to %s green has %s %%: %s", ([from, to, green]) => {
  const step = move(from, to);
  expect(isHalfWritten(step, byWeightedRecords, at(green))).toBe(true);
  expect(isHalfWritten(step, byWeightedRecords, at(green + 0.01))).toBe(false);
});

test("one resource that holds both weights is never half written", () =>
  expect(isHalfWritten(canary, system, at(35.71))).toBe(false));

test("what is no stage is on the way to nothing", () =>
  expect(isHalfWritten({ from: "", to: "half" }, byWeightedRecords, at(35.71))).toBe(false));
