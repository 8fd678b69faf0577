import fc from "fast-check";
import { expect, test } from "vitest";
import { downtime } from "../../../rehearsal/load/downtime.ts";
import type { Outcome } from "../../../rehearsal/load/outcome.ts";
import type { RequestRecord } from "../../../rehearsal/load/request-record.ts";

/** Requests a tenth of a second apart; cutover time runs at twice the wall. */
const sent = (outcomes: readonly (Outcome | undefined)[]): RequestRecord[] =>
  outcomes.map((outcome, number) => ({
    ...{ number, call: 0, sentWall: number * 100, sentCutover: number * 200 },
    ...{ outcome, side: undefined, status: 0, latencyMilliseconds: 5 },
  }));
const times = (count: number, outcome: Outcome): Outcome[] =>
  Array.from({ length: count }, () => outcome);

test("where nobody is answered well for seconds, these are the downtime, in cutover time", () => {
  const requests = sent([...times(10, "ok"), ...times(29, "failed"), ...times(10, "ok")]);
  expect(downtime(requests)).toBe(6_000);
});

test("a maintenance page for everybody is downtime, one for some of them is none", () => {
  expect(downtime(sent([...times(5, "ok"), ...times(20, "maintenance"), "ok"]))).toBe(4_200);
  const some = Array.from({ length: 40 }, (_, number) => (number % 3 === 0 ? "ok" : "maintenance"));
  expect(downtime(sent(some as Outcome[]))).toBe(0);
});

test("requests that all fail from the first, or to the last, count from there, and to there", () => {
  expect(downtime(sent([...times(20, "lost"), "ok"]))).toBe(4_000);
  expect(downtime(sent(["ok", ...times(20, "lost")]))).toBe(4_000);
});

test("a pause between good answers is no downtime, nor is what is still open", () => {
  const [first, , ...rest] = sent([...times(20, "ok")]);
  expect(downtime([first, ...rest.slice(-1)].filter((each) => each !== undefined))).toBe(0);
  expect(downtime(sent(["ok", ...Array.from({ length: 20 }, () => undefined), "ok"]))).toBe(0);
});

test("it is never longer than the whole, and 0 without a bad answer", () => {
  const outcome = fc.constantFrom<Outcome>("ok", "failed", "lost", "maintenance");
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 80 }), (outcomes) => {
      const found = downtime(sent(outcomes));
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(Math.max(0, outcomes.length - 1) * 200);
      if (outcomes.every((each) => each === "ok")) expect(found).toBe(0);
    }),
  );
});
