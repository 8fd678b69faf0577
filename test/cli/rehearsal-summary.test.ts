import { expect, test } from "vitest";
import { rehearsalSummary } from "../../cli/rehearsal-summary.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { completedRecord, refusal, refusedRecord, rolledBackRecord } from "./example-record.ts";

const summary = (record: RehearsalRecord, faults: readonly string[] = []): string =>
  // Thousands are set apart by a thin space.
  rehearsalSummary(record, { report: "/tmp/r.html", faults }).replaceAll("\u202f", " ");

const inOneLine = (text: string): string => text.replace(/\s+/g, " ");

test("a rehearsal that went through", () => {
  expect(summary(completedRecord)).toBe(`lms completed: 2 stages reached, the last of them canary.

Stage      Set  Seen (99.9 % interval)  Requests  Failed    p95  Update
baseline   0 %  0.0 % (0.0–0.0)              900       0  68 ms  4.21 s
  34 created
canary    10 %  9.8 % (6.8–13.2)             950       0  68 ms  4.21 s
  1 updated: VirtualService lms-split-route; 33 unchanged

Requests   980 sent = 980 ok + 0 failed + 0 lost + 0 maintenance

Expected   without a fault it must end completed, and it did.

Time       1 h 5 min of cutover in 104.3 s
Report     /tmp/r.html
Repeat     with
  npm run rehearse -- lms --speed 60 --seed 7`);
});

test("two stores: every write that was acknowledged is accounted for", () => {
  const data = { acknowledged: 1_204, missing: 0, doubled: 1, differing: 0, reconciled: 0 };
  expect(inOneLine(summary({ ...completedRecord, data }))).toContain(
    "Data 1 204 writes acknowledged, 0 missing, 1 doubled; 0 rows differ between the stores",
  );
});

test("writes that the copying never heard of, and messages that nobody got", () => {
  const data = { acknowledged: 40, missing: 0, doubled: 0, differing: 0, reconciled: 12 };
  const messages = { delivered: 2, undelivered: 1 };
  const text = inOneLine(summary({ ...completedRecord, data, messages }));
  expect(text).toContain("; 12 were never captured, and found by comparing");
  expect(text).toContain("Messages 2 delivered to people, 1 not: their channels refused them");
  expect(summary(completedRecord)).not.toContain("Messages");
});

test("S4-2: how long writes were frozen, and how long they may be", () => {
  const freeze = { milliseconds: 2_310, budgetMilliseconds: 60_000 };
  expect(inOneLine(summary({ ...completedRecord, freeze }))).toContain(
    "Freeze writes were frozen for 2.31 s of 60 s allowed",
  );
});

test("S4-2: for how long nobody was answered well, where that happened", () => {
  const of = (budgetMilliseconds: number | null): string =>
    inOneLine(
      summary({ ...completedRecord, downtime: { milliseconds: 2_500, budgetMilliseconds } }),
    );
  expect(of(60_000)).toContain("Downtime nobody was answered well for 2.50 s of 60 s allowed");
  expect(of(null)).toMatch(/Downtime nobody was answered well for 2\.50 s(?! of)/);
  expect(summary(completedRecord)).not.toContain("Downtime");
});

test("one that was rolled back: against its budget, in parts that add up", () => {
  const text = summary(rolledBackRecord, ["error-spike@canary"]);
  expect(inOneLine(text)).toContain(
    "lms was rolled back from canary to baseline: healthy 6.11 s after error-rate ordered it.",
  );
  expect(text).toContain(`Requests   1 000 sent = 940 ok + 57 failed + 2 lost + 1 maintenance

Rollback   ordered by error-rate
  detected 28.4 s after the first bad request
  restored 6.11 s after the order, within its budget of 60 s
  decide 413, gates 1 205, apply 310, effective 180, healthy 4 004 = 6 112 ms

Expected   with error-spike@canary it must end rolled back, and it did.
`);
  expect(text).toContain("npm run rehearse -- lms --fault error-spike@canary --speed 60 --seed 7");
});

test("a budget that was not kept", () => {
  const { rollback } = rolledBackRecord;
  if (rollback === null) throw new Error("the example was rolled back");
  const late = { ...rolledBackRecord, rollback: { ...rollback, budgetMilliseconds: 6_111 } };
  expect(summary(late)).toContain("OVER its budget of 6.11 s");
});

test("one that was refused: the refusal whole, and what should have happened", () => {
  const text = summary(refusedRecord);
  expect(text).toContain("lms stopped at canary: live-health refused to go on.");
  expect(inOneLine(text)).toContain(inOneLine(`Refused by live-health ${refusal}`));
  expect(inOneLine(text)).toContain(
    "it must end completed, and it did NOT: - It ended refused, and should have ended completed.",
  );
});

test("one that never reached a stage", () => {
  const text = summary({ ...refusedRecord, stages: [], shares: [], violations: [] });
  expect(text).toContain("lms stopped before its first stage");
  expect(text).not.toContain("Stage ");
});

test.for([completedRecord, rolledBackRecord, refusedRecord])("80 columns: $outcome", (record) => {
  const lines = summary(record, ["error-spike@canary"]).split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test("a name or a message never brings control characters along", () => {
  const hostile = { policy: "x", system: "lms", message: "\u001b[2Jrefused\u0007\r: \u202egone" };
  const text = summary({ ...refusedRecord, violations: [hostile] });
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text).toContain("refused");
});
