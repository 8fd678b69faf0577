import { describe, expect, test } from "vitest";
import { maintenanceOver } from "../../../policies/rules/maintenance-over.ts";
import {
  entered,
  messageOf,
  minutes,
  move,
  night,
  outcome,
  system,
  without,
} from "../lms-night.ts";

const canary = move("baseline", "canary");
/** A night judged half an hour after the stage was entered. */
const now = entered + minutes(30);
const heldUntil = (ends: number) =>
  night(canary, { maintenance: { holder: "lms-maintenance", began: now - minutes(10), ends } });

describe("S1-54: green gets no traffic under maintenance", () => {
  test("off: the move may go on", () =>
    expect(outcome(maintenanceOver, night(canary))).toBe("passed"));

  test("on: refused until it ends by itself, and no longer", () => {
    expect(messageOf(maintenanceOver.judge(heldUntil(now + 1)))).toBe(
      "refused: maintenance is on since 22:46:00 UTC, held by lms-maintenance; set lms:maintenance to off and update, or wait until it ends by itself; next possible at 22:56:01 UTC (in 1 ms).",
    );
    expect(maintenanceOver.judge(heldUntil(now + 1))).toMatchObject({ nextPossibleAt: now + 1 });
    expect(outcome(maintenanceOver, heldUntil(now))).toBe("passed");
  });

  test("between two stages with traffic it holds as well", () => {
    const half = night(move("canary", "half"), {
      maintenance: { holder: "somebody", began: now - 1, ends: now + 1 },
    });
    expect(outcome(maintenanceOver, half)).toBe("refused");
  });

  test("nobody knows: refused", () =>
    expect(outcome(maintenanceOver, without(night(canary), "maintenance"))).toBe("refused"));

  test("a way back is not held up by it", () => {
    const { facts } = heldUntil(now + minutes(10));
    const back = { ...night(move("half", "baseline")), facts };
    expect(outcome(maintenanceOver, back)).toBe("not-applicable");
  });

  test("a plan without maintenance is not asked about it", () => {
    const { maintenance: _, ...plain } = system;
    const judged = { ...without(night(canary), "maintenance"), definition: plain };
    expect(outcome(maintenanceOver, judged)).toBe("not-applicable");
  });
});
