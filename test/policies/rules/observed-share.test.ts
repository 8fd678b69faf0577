import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { percent } from "../../../definition/units.ts";
import { observedShare } from "../../../policies/rules/observed-share.ts";
import { byWeightedRecords } from "../../weighted-records-system.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";

const first = move("baseline", "canary");
const canary = move("canary", "half");
const half = move("half", "full");
const seen = (of: typeof canary, blue: number, green: number) =>
  observedShare.judge(night(of, { recentRequests: { blue, green } }));

describe("S1-68: the observed share lies within the binomial interval of the weight", () => {
  test("10 % of 1,000: 69 to 131 requests are within 3.29 deviations", () => {
    expect(seen(canary, 931, 69).outcome).toBe("passed");
    expect(seen(canary, 932, 68).outcome).toBe("refused");
    expect(seen(canary, 869, 131).outcome).toBe("passed");
    expect(seen(canary, 868, 132).outcome).toBe("refused");
  });
  test("the silent no-op: weight 10 %, not one request on green", () =>
    expect(messageOf(seen(canary, 1_000, 0))).toBe(
      "refused: green answered 0 of 1000 requests (0.0 %), which is not the weight in force, 10 % (± 3.1).",
    ));
  test("from 98 requests on a green that gets nothing is told from one with 10 %", () => {
    expect(messageOf(seen(canary, 97, 0))).toBe(
      "refused: green answered 0 of 97 requests lately; 98 are needed to tell.",
    );
    expect(seen(canary, 88, 10).outcome).toBe("passed");
    expect(messageOf(seen(canary, 98, 0))).toContain("not the weight in force");
  });
  test("for any number of requests, a side that gets nothing is never taken for a split", () =>
    fc.assert(
      fc.property(fc.nat(1_000_000), (all) => {
        expect(seen(canary, all, 0).outcome).toBe("refused");
        expect(seen(half, 0, all).outcome).toBe("refused");
      }),
    ));
});

test("S1-78: at 50 % both sides carry load", () => {
  expect(seen(half, 500, 500).outcome).toBe("passed");
  expect(seen(half, 600, 400).outcome).toBe("refused");
});

describe("testers reach green beside the weight", () => {
  const testers = { header: "x-tester", value: "yes", atMost: percent(2) };
  const judged = (of: typeof canary, blue: number, green: number) => {
    const so = night(of, { recentRequests: { blue, green } });
    const traffic = { ...so.definition.traffic, testers };
    return observedShare.judge({ ...so, definition: { ...so.definition, traffic } }).outcome;
  };
  test("at weight 0 as many as the definition says, and no more", () => {
    expect(judged(first, 980, 20)).toBe("passed");
    expect(judged(first, 979, 21)).toBe("refused");
  });
  test("at 10 % of 1,000 up to 18 more than without them, and no fewer", () => {
    expect(judged(canary, 851, 149)).toBe("passed");
    expect(judged(canary, 850, 150)).toBe("refused");
    expect(judged(canary, 931, 69)).toBe("passed");
    expect(judged(canary, 932, 68)).toBe("refused");
  });
});

test("at weight 0 no request may be seen on green, and some must be seen on blue", () => {
  expect(seen(first, 100, 0).outcome).toBe("passed");
  expect(seen(first, 100_000, 1).outcome).toBe("refused");
  expect(seen(first, 20, 0).outcome).toBe("passed");
  expect(seen(first, 19, 0).outcome).toBe("refused");
  expect(seen(first, NaN, 0).outcome).toBe("refused");
});

test("S1-81: at 100 % no request may be seen on blue in the last minute", () => {
  // No stage of the LMS follows on 100 %; the rule is asked all the same, as another system may have one.
  const all = move("full", "full", { kind: "forward" });
  const late = (blue: number, green: number) =>
    outcome(observedShare, night(all, { lastMinuteRequests: { blue, green } }));
  expect(late(0, 50)).toBe("passed");
  expect(late(1, 5_000)).toBe("refused");
  expect(late(0, 0)).toBe("refused");
});

test("when traffic is at the target already, an update is being finished", () =>
  expect(
    outcome(
      observedShare,
      night(canary, {
        liveWeights: { blue: 50, green: 50 },
        recentRequests: { blue: 1, green: 1 },
      }),
    ),
  ).toBe("not-applicable"));

test("between the writes of two records, an update is being finished", () => {
  const between = night(canary, { liveWeights: { blue: 64.29, green: 35.71 } });
  expect(outcome(observedShare, { ...between, definition: byWeightedRecords })).toBe(
    "not-applicable",
  );
});

test.for(["liveWeights", "recentRequests", "lastMinuteRequests"] as const)(
  "refuses without %s",
  (name) => expect(outcome(observedShare, without(night(canary), name))).toBe("refused"),
);
