import { expect, test } from "vitest";
import { plainView } from "../../cli/plain-view.ts";
import type { Progress } from "../../rehearsal/progress.ts";
import { completedRecord, refusal } from "./example-record.ts";

const watching = (remainingMilliseconds: number): Progress => ({
  kind: "watching",
  watched: {
    set: 10,
    seen: 9.84,
    errorPercent: 0.012,
    p95Milliseconds: 71.6,
    remainingMilliseconds,
    rate: 60,
  },
});

const recorded = () => {
  const lines: string[] = [];
  const clock = { now: 1_000_000 };
  const interrupted = new AbortController();
  const view = plainView({
    log: (text) => void lines.push(text),
    signal: interrupted.signal,
    now: () => clock.now,
  });
  return { lines, clock, interrupted, view };
};

test("a line for each thing that happens", () => {
  const { lines, view } = recorded();
  view.show({ kind: "preparing", what: "starting cluster" });
  view.show({ kind: "stage", stage: "canary", title: "10 % of the requests on Green" });
  view.show({ kind: "doing", what: "pulumi up (lms:trafficWeight 10)" });
  view.show(watching(754_600));
  view.show({ kind: "note", text: "Alarm error-rate: Alert at 5.00" });
  view.show({ kind: "reached", stage: "canary", text: "green answered 9.8 %" });
  view.show({ kind: "ended", outcome: "completed", record: completedRecord });
  expect(lines).toEqual([
    "… starting cluster",
    "canary: 10 % of the requests on Green",
    "  … pulumi up (lms:trafficWeight 10)",
    "  green 9.8 % (set 10 %), errors 0.01 %, p95 72 ms, 13 min left, 60× fast",
    "  ! Alarm error-rate: Alert at 5.00",
    "  ✓ green answered 9.8 %",
  ]);
});

test("says at most every five seconds how it goes, and at once at a new stage", () => {
  const { lines, clock, view } = recorded();
  for (let step = 0; step < 21; step += 1) {
    view.show(watching(900_000 - 30_000 * step));
    clock.now += 500;
  }
  expect(lines).toHaveLength(3);
  view.show({ kind: "stage", stage: "half", title: "50 %" });
  view.show(watching(1_200_000));
  expect(lines.slice(3)).toEqual(["half: 50 %", expect.stringContaining("20 min left")]);
});

test("stays within 80 columns, whole and without control characters", () => {
  const { lines, view } = recorded();
  view.show({ kind: "note", text: `live-health ${refusal}\u001b[31m\u0007` });
  const text = lines.join("\n");
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  expect(text.replace(/\s+/g, " ")).toContain(refusal.replace(/\s+/g, " "));
});

test("answers an interrupt at once, and none after the end", async () => {
  const first = recorded();
  first.interrupted.abort();
  expect(first.lines).toEqual(["interrupted: ending what runs; once more ends at once"]);
  const second = recorded();
  await second.view.end();
  second.interrupted.abort();
  expect(second.lines).toEqual([]);
});
