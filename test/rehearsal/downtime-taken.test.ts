import { expect, test } from "vitest";
import { minutes } from "../../definition/units.ts";
import { LoadRecord } from "../../rehearsal/load/load-record.ts";
import { downtimeTaken } from "../../rehearsal/downtime-taken.ts";
import { nxop } from "../definition/plans/nxop.ts";

const outage = (): LoadRecord => {
  const record = new LoadRecord((wall) => wall);
  record.add(
    [0, 500, 2_500].map((at, number) => [number, 0, at]),
    [
      [0, "ok", "blue", 200, 5],
      [1, "failed", null, 0, 5],
      [2, "ok", "blue", 200, 5],
    ],
  );
  return record;
};

test("S2-184: the limit is the shortest one that more than a report follows", () =>
  expect(downtimeTaken(nxop, outage())).toEqual({
    milliseconds: 2_500,
    budgetMilliseconds: minutes(60).milliseconds,
  }));

test("a plan without such a limit has its downtime told all the same", () =>
  expect(downtimeTaken({}, outage())).toEqual({ milliseconds: 2_500, budgetMilliseconds: null }));

test("before the first request there is none", () =>
  expect(downtimeTaken(nxop, undefined).milliseconds).toBe(0));
