import { describe, expect, test } from "vitest";
import { readBack } from "../../../policies/rules/read-back.ts";
import { byWeightedRecords } from "../../weighted-records-system.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";

const canary = move("canary", "half");
const live = (green: number, blue = 100 - green) => ({ liveWeights: { blue, green } });

test("S1-82: the live weights are those of the stage that is left", () =>
  expect(outcome(readBack, night(canary, live(10)))).toBe("passed"));

test("the weights of the target are those of an update that is being finished", () =>
  expect(outcome(readBack, night(canary, live(50)))).toBe("passed"));

test("weights between those of two records are those of an update that is being finished", () => {
  const between = { liveWeights: { blue: 64.29, green: 35.71 } };
  const records = { ...night(canary, between), definition: byWeightedRecords };
  expect(outcome(readBack, records)).toBe("passed");
  expect(outcome(readBack, night(canary, between))).toBe("refused");
});

test("S1-68: anything else was moved by hand", () => {
  expect(messageOf(readBack.judge(night(canary, live(30))))).toBe(
    "refused: green has weight 30, blue 70; expected green 10 (canary): someone moved traffic by hand.",
  );
  for (const weights of [live(0), live(9), live(11), live(100), live(10, 80), live(NaN)]) {
    expect(outcome(readBack, night(canary, weights))).toBe("refused");
  }
});

test("refuses when nobody knows the live weights", () =>
  expect(outcome(readBack, without(night(canary), "liveWeights"))).toBe("refused"));

describe("a move that the ledger holds already", () => {
  const recorded = move("canary", "half", { kind: "recorded" });
  test("is refused where green was taken down by hand: the update would raise it again", () => {
    expect(messageOf(readBack.judge(night(recorded, live(0))))).toBe(
      "refused: green has weight 0, blue 100, below 50 (half): this update would raise it again; roll back to the stage that is live.",
    );
    expect(outcome(readBack, night(recorded, live(49)))).toBe("refused");
  });
  test("is not even looked at where green has none to raise", () =>
    expect(
      outcome(
        readBack,
        without(night(move("canary", "baseline", { kind: "recorded" })), "liveWeights"),
      ),
    ).toBe("not-applicable"));
  test("goes on otherwise, also when nobody knows the live weights", () => {
    expect(outcome(readBack, night(recorded, live(50)))).toBe("not-applicable");
    expect(outcome(readBack, night(recorded, live(70)))).toBe("not-applicable");
    expect(outcome(readBack, without(night(recorded), "liveWeights"))).toBe("not-applicable");
  });
});
