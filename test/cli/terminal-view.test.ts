import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { terminalView } from "../../cli/terminal-view.ts";
import type { Progress } from "../../rehearsal/progress.ts";
import { completedRecord, refusal } from "./example-record.ts";

const stages = [
  { name: "baseline", title: "Green stands beside Blue" },
  { name: "canary", title: "10 % on Green" },
  { name: "half", title: "50 % on Green" },
];

const toTheCanary: readonly Progress[] = [
  { kind: "preparing", what: "starting cluster" },
  { kind: "stage", stage: "baseline", title: "Green stands beside Blue" },
  { kind: "doing", what: "pulumi up (lms:trafficWeight 0)" },
  { kind: "reached", stage: "baseline", text: "green answered 0.0 % of 19 requests" },
  { kind: "stage", stage: "canary", title: "10 % on Green" },
  {
    kind: "watching",
    watched: {
      set: 10,
      seen: 9.84,
      errorPercent: 0,
      p95Milliseconds: 71,
      remainingMilliseconds: 900_000,
      rate: 60,
    },
  },
];

/** Everything drawn while the progress is shown, and what is left on the screen at the end. */
const drawn = async (progress: readonly Progress[]) => {
  const written: string[] = [];
  const screen = new PassThrough();
  screen.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  const terminal = Object.assign(screen, { isTTY: true, columns: 80, rows: 40 });
  const view = terminalView({
    terminal: terminal as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
    stages,
  });
  for (const each of progress) {
    view.show(each);
    // listr2 begins its next task in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await view.end();
  await new Promise((resolve) => setImmediate(resolve));
  const text = stripVTControlCharacters(written.join(""));
  return {
    text,
    left: text.slice(text.lastIndexOf("Prepare the rehearsal") - 2).trimEnd(),
    hidesCursor: written.join("").lastIndexOf("[?25l") > written.join("").lastIndexOf("[?25h"),
  };
};

test("one task a stage, what happens now below it, and the terminal as it was", async () => {
  const { text, left, hidesCursor } = await drawn([
    ...toTheCanary,
    { kind: "stage", stage: "half", title: "50 % on Green" },
    { kind: "ended", outcome: "completed", record: completedRecord },
  ]);
  expect(text).toContain("Green stands beside Blue\n  pulumi up (lms:trafficWeight 0)\n");
  expect(text).toContain(
    "canary: 10 % on Green\n  green 9.8 % (set 10 %), errors 0.00 %, p95 71 ms, 15 min left, 60× fast\n",
  );
  expect(left.split("\n").map((line) => line.slice(2))).toEqual([
    "Prepare the rehearsal",
    "baseline: Green stands beside Blue",
    "› green answered 0.0 % of 19 requests",
    "canary: 10 % on Green",
    "half: 50 % on Green",
  ]);
  expect(hidesCursor).toBe(false);
});

test("a refusal stays below its stage, cut; the stages above it are left out", async () => {
  const { left } = await drawn([
    ...toTheCanary,
    { kind: "note", text: `live-health ${refusal}` },
    { kind: "ended", outcome: "refused", record: completedRecord },
  ]);
  const marks = left.split("\n").filter((line) => /^\S/.test(line));
  expect(marks).toEqual([
    "✔ Prepare the rehearsal",
    "✔ baseline: Green stands beside Blue",
    "✖ canary: 10 % on Green",
    "↓ half: 50 % on Green",
  ]);
  expect(left).toContain("  › live-health Green keeps every threshold");
  expect(left.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("a rehearsal that breaks off before it says anything leaves nothing hanging", async () => {
  const { left, hidesCursor } = await drawn([]);
  expect(left).toContain("✖ Prepare the rehearsal");
  expect(hidesCursor).toBe(false);
});
