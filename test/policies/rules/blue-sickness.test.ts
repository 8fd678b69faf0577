import { expect, test } from "vitest";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { blueSickness } from "../../../policies/rules/blue-sickness.ts";
import { goodFacts, move, system } from "../lms-night.ts";

const { blueDeployment, blueValues } = goodFacts(move("half", "full"));
const readings = {
  blueDeployment: known(blueDeployment),
  blueValues: known(blueValues),
  watchedRequests: known({ blue: 500, green: 500 }),
};

test("a healthy blue is not sick", () => expect(blueSickness(system, readings)).toEqual([]));

test("S1-3: what nobody knows does not hold up the way back", () => {
  const nothing = unknown("Datadog did not answer within 5 s");
  expect(
    blueSickness(system, {
      blueDeployment: nothing,
      blueValues: nothing,
      watchedRequests: nothing,
    }),
  ).toEqual([]);
  expect(blueSickness(system, {})).toEqual([]);
  expect(
    blueSickness(system, {
      ...readings,
      blueValues: known({ "error-rate": unknown("no value"), "failed-requests": known(NaN) }),
    }),
  ).toEqual([]);
});

test("a blue that breaches what orders a rollback is sick", () => {
  expect(
    blueSickness(system, {
      ...readings,
      blueValues: known({ ...blueValues, "error-rate": known(1) }),
    }),
  ).toEqual(["Error rate on blue is 1 %, limit below 1 %"]);
});

test("a breach among too few requests says nothing", () => {
  expect(
    blueSickness(system, {
      ...readings,
      blueValues: known({ ...blueValues, "error-rate": known(50) }),
      watchedRequests: known({ blue: 19, green: 500 }),
    }),
  ).toEqual([]);
});

test("a blue without any ready replica is sick, one that lacks some is not", () => {
  const ready = (count: number) =>
    blueSickness(system, {
      ...readings,
      blueDeployment: known({ ...blueDeployment, ready: count }),
    });
  expect(ready(0)).toEqual([`no replica of ${blueDeployment.name} is ready`]);
  expect(ready(1)).toEqual([]);
});
