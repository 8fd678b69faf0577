import { describe, expect, test } from "vitest";
import { LoadRecord } from "../../../rehearsal/load/load-record.ts";
import type { Load } from "../../../rehearsal/load/start-load.ts";
import { LoadReadings } from "../../../rehearsal/standing-world/load-readings.ts";

/** A load whose requests are written by hand, on a clock that is moved by hand. */
const written = () => {
  const record = new LoadRecord((wall) => wall);
  const load: Load = {
    record,
    written: [],
    failure: undefined,
    processId: undefined,
    setRequestsPerSecond: () => undefined,
    flush: () => Promise.resolve(),
    stop: () => Promise.resolve(record.totals()),
  };
  let now = 0;
  let number = 0;
  const readings = new LoadReadings(() => ({ cutover: now, wall: now }));
  return {
    /** A second in which requests are sent, answered by a side or not yet. */
    second: (answers: {
      readonly blue?: number;
      readonly green?: number;
      readonly open?: number;
    }) => {
      for (const [side, count] of Object.entries(answers)) {
        for (let index = 0; index < count; index += 1) {
          record.add([[number, 0, now]], []);
          if (side === "blue" || side === "green") record.add([], [[number, "ok", side, 200, 20]]);
          number += 1;
        }
      }
      now += 1_000;
    },
    /** The oldest open requests fail. */
    fail: (from: number, count: number) => {
      for (let index = from; index < from + count; index += 1) {
        record.add([], [[index, "failed", null, 0, 10_000]]);
      }
    },
    take: (green: number) => readings.take(load, { blue: 100 - green, green }),
  };
};

describe("readings of the load", () => {
  test("say nothing before two seconds have passed", async () => {
    const { second, take } = written();
    second({ blue: 10 });
    expect(await take(0)).toMatchObject({ second: undefined, requests: { sent: 10, failed: 0 } });
  });

  test("count a second by who answered, with the interval around the weight", async () => {
    const { second, take } = written();
    await take(10);
    second({ blue: 90, green: 10 });
    await take(10);
    second({ blue: 50 });
    const reading = await take(10);
    expect(reading.second).toMatchObject({
      blue: 90,
      green: 10,
      unanswered: 0,
      errorPercent: 0,
      blueP95: 20,
      greenP95: 20,
      share: { seen: 0.1, requests: 100 },
    });
    const { low = 0, high = 0 } = reading.second?.share ?? {};
    expect(low).toBeCloseTo(0.1 - 3.2905 * 0.03, 4);
    expect(high).toBeCloseTo(0.1 + 3.2905 * 0.03, 4);
  });

  test("lately begins when the weights have changed, and not before", async () => {
    const { second, take } = written();
    for (let passed = 0; passed < 5; passed += 1) {
      await take(0);
      second({ blue: 100 });
    }
    expect((await take(0)).lately?.share).toMatchObject({ seen: 0, requests: 400 });
    second({ blue: 95, green: 5 });
    expect((await take(50)).lately).toBeUndefined();
    second({ blue: 50, green: 50 });
    expect((await take(50)).lately).toBeUndefined();
    second({ blue: 60, green: 40 });
    expect((await take(50)).lately?.share).toMatchObject({ seen: 0.5, requests: 100 });
  });

  test("a request that fails long after it was sent is counted when it fails", async () => {
    const { second, fail, take } = written();
    await take(0);
    second({ open: 10, blue: 90 });
    await take(0);
    second({ blue: 90 });
    expect((await take(0)).second).toMatchObject({ unanswered: 10, errorPercent: 0 });
    second({ blue: 90 });
    fail(0, 10);
    expect((await take(0)).second).toMatchObject({ errorPercent: 10, unanswered: 0 });
  });
});
