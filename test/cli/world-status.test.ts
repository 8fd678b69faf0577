import { expect, test } from "vitest";
import { worldStatus } from "../../cli/world-status.ts";
import type { LiveReading } from "../../rehearsal/standing-world/live-reading.ts";

const began = Date.parse("2026-01-10T22:00:00Z");

const reading = (second: number, more: Partial<LiveReading> = {}): LiveReading => ({
  at: began + second * 1_000,
  wallAt: second * 1_000,
  rate: 1,
  weights: { blue: 90, green: 10 },
  second: undefined,
  lately: {
    share: { seen: 0.101, low: 0.05, high: 0.15, requests: 100 },
    errorPercent: 0,
    p95Milliseconds: 70,
  },
  alarms: [],
  stage: "canary",
  carriesUntil: began + 900_000,
  updating: undefined,
  moves: [],
  requests: undefined,
  ...more,
});

/** Lines of a status that is not drawn anew. */
const linesOf = (readings: readonly LiveReading[]): readonly string[] => {
  const lines: string[] = [];
  const status = worldStatus({ terminal: undefined, log: (text) => lines.push(text) });
  for (const each of readings) status.show(each);
  status.end();
  return lines;
};

test("says the time, the stage, what was seen and what is left of the soak", () => {
  expect(linesOf([reading(60)])).toEqual([
    "22:01:00 UTC  canary: green 10.1 % (set 10 %), errors 0.00 %, p95 70 ms, 14 min left",
  ]);
});

test("before anything is deployed, and while somebody updates", () => {
  const nothing = { stage: undefined, lately: undefined, carriesUntil: undefined };
  expect(linesOf([reading(0, nothing)])).toEqual(["22:00:00 UTC  nothing deployed yet"]);
  expect(linesOf([reading(0, { ...nothing, updating: 4711 })])).toEqual([
    "22:00:00 UTC  nothing deployed yet, process 4711 updates",
  ]);
});

test("where lines stay, one now and then and one for each new stage", () => {
  const seconds = Array.from({ length: 60 }, (_, second) => reading(second));
  expect(linesOf(seconds)).toHaveLength(2);
  expect(linesOf([reading(0), reading(1, { stage: "half" })])).toHaveLength(2);
});
