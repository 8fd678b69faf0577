import fc from "fast-check";
import { expect, test } from "vitest";
import { LoadRecord } from "../../../rehearsal/load/load-record.ts";
import type { FinishedRow } from "../../../rehearsal/load/messages.ts";
import type { Outcome } from "../../../rehearsal/load/outcome.ts";
import type { Side } from "../../../rehearsal/world/behaviour.ts";

/** What becomes of one request; undefined leaves it open. */
type Fate = { outcome: Outcome; side: Side | null; latency: number } | undefined;

const GAP = 10;
/** Requests 10 ms apart; cutover time runs at twice the wall. */
const recordOf = (fates: readonly Fate[], kept?: number): LoadRecord => {
  const record = new LoadRecord((wall) => wall * 2, kept);
  record.add(
    fates.map((_, number) => [number, 0, number * GAP]),
    fates.flatMap((fate, number): FinishedRow[] =>
      fate === undefined
        ? []
        : [[number, fate.outcome, fate.side, fate.side === null ? 0 : 200, fate.latency]],
    ),
  );
  return record;
};
const ok = (side: Side, latency = 5): Fate => ({ outcome: "ok", side, latency });
const failed = (side: Side | null = null): Fate => ({ outcome: "failed", side, latency: 5 });
const cutoverOf = (number: number): number => number * GAP * 2;

const anyFate = fc.option(
  fc.record({
    outcome: fc.constantFrom<Outcome>("ok", "failed", "lost", "maintenance"),
    side: fc.constantFrom<Side | null>("blue", "green", null),
    latency: fc.integer({ min: 0, max: 2_000 }),
  }),
  { nil: undefined },
);
const anyFates = fc.array(anyFate, { maxLength: 60 });

test("sent = ok + failed + lost + maintenance + open, and nothing is open once it is closed", () => {
  fc.assert(
    fc.property(anyFates, fc.integer({ min: 1, max: 80 }), (fates, kept) => {
      const record = recordOf(fates, kept);
      for (const closed of [false, true]) {
        if (closed) record.close();
        const { sent, ok: good, failed: bad, lost, maintenance, open } = record.totals();
        expect(sent).toBe(fates.length);
        expect(good + bad + lost + maintenance + open).toBe(sent);
        if (closed) expect(open).toBe(0);
      }
    }),
  );
});

test("an outcome counts once, however often it is reported", () => {
  const record = recordOf([ok("blue")]);
  record.add([], [[0, "failed", null, 0, 1]]);
  expect(record.totals()).toMatchObject({ sent: 1, ok: 1, failed: 0 });
});

test("spans of time that touch hold every finished request once", () => {
  fc.assert(
    fc.property(anyFates, fc.nat({ max: 1_300 }), (fates, cut) => {
      const record = recordOf(fates);
      const before = record.between(0, cut);
      const after = record.between(cut, Number.POSITIVE_INFINITY);
      const { sent, open } = record.totals();
      expect(before.requests + after.requests).toBe(sent - open);
    }),
  );
});

test("sums up a span: shares of the sides, and p95 of what was answered", () => {
  const record = recordOf([
    ok("blue", 10),
    ok("blue", 20),
    ok("blue", 30),
    failed("green"),
    failed(),
  ]);
  expect(record.between(0, cutoverOf(5))).toEqual({
    ...{ requests: 5, ok: 3, failed: 2, lost: 0, maintenance: 0 },
    blue: { requests: 3, failed: 0, p95Milliseconds: 29 },
    green: { requests: 1, failed: 1, p95Milliseconds: 5 },
    share: { blue: 0.75, green: 0.25 },
    // Between the two largest of 5, 10, 20 and 30 ms.
    p95Milliseconds: expect.closeTo(28.5),
  });
  expect(record.between(0, 0)).toMatchObject({ requests: 0, p95Milliseconds: undefined });
});

test("finds the first failure at an instant or later", () => {
  const record = recordOf([failed(), ok("blue"), undefined, failed(), failed()]);
  expect(record.firstFailureAfter(0)).toBe(0);
  expect(record.firstFailureAfter(1)).toBe(cutoverOf(3));
  expect(record.firstFailureAfter(cutoverOf(4) + 1)).toBeUndefined();
});

test.for([
  { name: "only good ones", fates: [ok("blue"), ok("blue")], at: 0, requests: 2 },
  {
    name: "after the last bad one",
    fates: [failed(), ok("blue"), failed(), ok("blue")],
    at: 3,
    requests: 1,
  },
  { name: "after the other side's last one", fates: [ok("green"), ok("blue")], at: 1, requests: 1 },
  {
    name: "open ones say nothing",
    fates: [ok("green"), undefined, ok("blue")],
    at: 2,
    requests: 1,
  },
])("safe since: $name", ({ fates, at, requests }) => {
  expect(recordOf(fates).safeSince(0, "blue")).toEqual({
    cutoverMilliseconds: cutoverOf(at),
    requests,
  });
});

test("not safe while the last request failed, met the other side, or nothing was sent since", () => {
  expect(recordOf([ok("blue"), failed("blue")]).safeSince(0, "blue")).toBeUndefined();
  expect(recordOf([ok("blue"), ok("green")]).safeSince(0, "blue")).toBeUndefined();
  expect(recordOf([ok("blue")]).safeSince(1, "blue")).toBeUndefined();
});

test("safe since never lies before a request that was not served well by that side", () => {
  fc.assert(
    fc.property(anyFates, (fates) => {
      const record = recordOf(fates);
      const safe = record.safeSince(0, "blue");
      const since = record.records(safe?.cutoverMilliseconds ?? Number.POSITIVE_INFINITY);
      expect(since.every((each) => each.outcome === undefined || each.outcome === "ok")).toBe(true);
      expect(since.filter(({ outcome }) => outcome === "ok")).toHaveLength(safe?.requests ?? 0);
    }),
  );
});

test("stamps anew what was sent after a change of the clock that is heard of late", () => {
  let rate = 1;
  const record = new LoadRecord((wall) => (wall < 20 ? wall : 20 + (wall - 20) * rate));
  record.add(
    [0, 1, 2, 3].map((number) => [number, 0, number * GAP] as const),
    [],
  );
  rate = 60;
  record.restamp(20);
  expect(record.records(0).map(({ sentCutover }) => sentCutover)).toEqual([0, 10, 20, 620]);
});

test("the series' points hold all requests", () => {
  fc.assert(
    fc.property(anyFates, fc.integer({ min: 1, max: 300 }), (fates, step) => {
      const points = recordOf(fates).series(step);
      expect(points.reduce((sum, { sent }) => sum + sent, 0)).toBe(fates.length);
      for (const { wallStart, cutoverStart, cutoverEnd } of points) {
        expect(cutoverStart).toBeGreaterThanOrEqual(wallStart * 2);
        expect(cutoverEnd).toBeLessThan((wallStart + step) * 2);
      }
    }),
  );
});
