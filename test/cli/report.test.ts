import { expect, test } from "vitest";
import { reportMarkdown } from "../../cli/report/report-markdown.ts";
import { append, nothingYet, type LedgerRecord } from "../../definition/ledger.ts";
import { reportedMoves, type CutoverReport } from "../../operator/report.ts";
import { known, unknown } from "../../policies/facts/reading.ts";
import { lms } from "../../stacks/lms.ts";
import { entered, minutes, move, system } from "../policies/lms-night.ts";
import { askedFor, evidenceOf } from "../policies/signed-evidence.ts";

const record: LedgerRecord = {
  ...{ system: "lms", from: nothingYet, to: "baseline", commit: "" },
  at: "2026-01-10T23:10:00.000Z",
  definition: "d".repeat(64),
};
const account = {
  operator: { name: "jo@company.com", by: "git" },
  plan: "ab".repeat(32),
  evidence: {},
  verdicts: { ladder: "passed", soak: "passed", notice: "not-applicable" },
} as const;
const history = [
  record,
  { ...record, ...account, from: "baseline", to: "canary", at: "2026-01-10T23:35:00.000Z" },
  { ...record, ...account, from: "canary", to: "half", at: "2026-01-11T00:00:30.000Z" },
  { ...record, ...account, from: "half", to: "baseline", at: "2026-01-11T00:04:00.000Z" },
].reduce<ReturnType<typeof append>>(append, []);

const reportOf = (changes: Partial<CutoverReport> = {}): string =>
  reportMarkdown(lms, "prod", {
    moves: reportedMoves(lms, history),
    damage: undefined,
    maintenance: undefined,
    words: known([]),
    ...changes,
  });

test("each move is told with how long the stage before it stood beside its soak, and what gates said", () => {
  const report = reportOf();
  expect(report).toContain(
    "| 3 | 2026-01-11 00:00:30 UTC | `canary` → `half` | 25 min 30 s | 15 min | 2 passed | jo@\u200bcompany.com | `abababababab` |",
  );
  expect(report).toContain("`half` → `baseline`, **rolled back** | 3 min 30 s |  | 2 passed");
  expect(report).toContain("- Rollbacks: 1\n- The history is whole");
  expect(report).toContain("| 1 | 2026-01-10 23:10:00 UTC | `(none)` → `baseline` |");
});

test("S1-105: decisions stand in it with time, person and role, in order", () => {
  const of = move("canary", "half");
  const { signed } = evidenceOf(askedFor(system, of, entered + minutes(20)));
  const report = reportOf({ words: known(signed) });
  expect(report).toMatch(
    /the releaseManager \| Release Manager \| `checkpoint-1`: Is the error rate acceptable\? yes;/,
  );
  const times = [...report.matchAll(/^\| (\d{4}-\S+ \S+) UTC \| the/gm)].map(([, time]) => time);
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort());
});

test("what people must still confirm is listed with how it is measured", () => {
  expect(reportOf()).toContain("| No rollback was needed | ledger |");
  expect(reportOf()).toContain("| Hypercare team briefed | sign-off |");
});

test("what remains to be done has its owner", () =>
  expect(reportOf()).toContain(
    "| Deployment logs archived | DevOps Lead | within 1 h of go-live |",
  ));

test("what cannot be read, and a history that was changed, say so", () => {
  const report = reportOf({ words: unknown("no folder"), damage: "entry 2 was changed" });
  expect(report).toContain("Nobody could read it: no folder");
  expect(report).toContain("**The history is damaged: entry 2 was changed**");
  expect(reportOf({ moves: [] })).toContain("- No move yet");
});

test("S1-53: what maintenance took stands beside what the plan allows, and that it is still on", () => {
  const lasted = 15 * 60_000 + 7_400;
  expect(reportOf({ maintenance: known({ on: null, lasted }) })).toContain(
    "- Maintenance: 15 min 7 s of 25 min taken\n",
  );
  const on = { holder: "lms-maintenance", began: 0, ends: 1_500_000 };
  expect(reportOf({ maintenance: known({ on, lasted }) })).toContain("taken, **and it is on**");
  expect(reportOf({ maintenance: unknown("the cluster is silent") })).toContain(
    "- Nobody knows how long maintenance was: the cluster is silent",
  );
});
