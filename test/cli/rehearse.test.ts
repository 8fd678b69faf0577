import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Rehearsals } from "../../cli/rehearsals.ts";
import { runCommandLine } from "../../cli/run.ts";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { completedRecord, refusedRecord, rolledBackRecord } from "./example-record.ts";
import { recordingConsole } from "./recording-console.ts";
import { recordingRehearsals } from "./recording-rehearsals.ts";

const natural = z.number().int().min(0);
const share = z.number().min(0).max(1);

/** What checks rely on, DESIGN section 8. */
const contract = z.strictObject({
  system: z.string(),
  engine: z.enum(["embedded", "pulumi"]),
  seed: natural,
  definition: z.string(),
  ranAt: z.iso.datetime(),
  outcome: z.enum(["completed", "rolled-back", "refused"]),
  stages: z.array(
    z.strictObject({
      stage: z.string(),
      posture: z.record(z.string(), z.unknown()),
      operations: z.strictObject({
        create: natural,
        update: natural,
        replace: natural,
        delete: natural,
        same: natural,
      }),
      changed: z.array(z.string().startsWith("urn:pulumi:")),
      milliseconds: z.number().min(0),
      observed: z.strictObject({
        requests: natural,
        failed: natural,
        share: z.strictObject({ blue: share, green: share }),
        p95Milliseconds: z.number().min(0),
      }),
    }),
  ),
  rollback: z
    .object({
      trigger: z.string(),
      detectedMilliseconds: z.number().min(0),
      restoredMilliseconds: z.number().min(0),
      budgetMilliseconds: z.number().positive(),
    })
    .nullable(),
  requests: z.strictObject({
    sent: natural,
    ok: natural,
    failed: natural,
    lost: natural,
    maintenance: natural,
  }),
  data: z
    .strictObject({
      acknowledged: natural,
      missing: natural,
      doubled: natural,
      differing: natural,
      reconciled: natural,
    })
    .nullable(),
  freeze: z.strictObject({ milliseconds: natural, budgetMilliseconds: natural }).nullable(),
  downtime: z.strictObject({
    milliseconds: natural,
    budgetMilliseconds: natural.nullable(),
  }),
  messages: z.strictObject({ delivered: natural, undelivered: natural }),
  violations: z.array(
    z.strictObject({ policy: z.string(), system: z.string(), message: z.string() }),
  ),
  expectation: z.strictObject({
    outcome: z.string(),
    met: z.boolean(),
    differences: z.array(z.string()),
  }),
});

const run = async (
  words: string,
  record: RehearsalRecord = completedRecord,
  rehearse?: Rehearsals["rehearse"],
) => {
  const console = recordingConsole();
  const rehearsals = recordingRehearsals(record, rehearse);
  const status = await runCommandLine(words.split(" "), console, rehearsals);
  return { status, console, rehearsals, out: console.outLines.join("\n"), log: console.logLines };
};

const unmet = { ...completedRecord, expectation: refusedRecord.expectation };

describe.each([
  ["completed as expected", completedRecord, 0],
  ["completed although a fault should have stopped it", unmet, 1],
  ["refused", refusedRecord, 1],
  ["rolled back", rolledBackRecord, 3],
] as const)("%s", (_name, record, expected) => {
  test(`ends with ${expected}`, async () => {
    expect((await run("rehearse lms", record)).status).toBe(expected);
  });

  test("--json prints one document of the contract's shape on stdout, and the summary on stderr", async () => {
    const { status, console, out, log } = await run("rehearse lms --json", record);
    expect(status).toBe(expected);
    expect(console.outLines).toHaveLength(1);
    const printed = contract.parse(JSON.parse(out));
    expect(printed.outcome).toBe(record.outcome);
    const { sent, ok, failed, lost, maintenance } = printed.requests;
    expect(sent).toBe(ok + failed + lost + maintenance);
    expect(log.join("\n")).toContain("Requests   ");
  });
});

test("asks for what was written, and by default for lms with seed 1", async () => {
  const { rehearsals } = await run("rehearse");
  expect(rehearsals.requests).toMatchObject([
    { system: "lms", faults: [], engine: "embedded", speed: expect.any(Number) as number, seed: 1 },
  ]);
  const words =
    "rehearse lms --fault error-spike@canary --fault slow-green@half --speed 1.5 --seed 0";
  expect((await run(words)).rehearsals.requests).toMatchObject([
    { faults: ["error-spike@canary", "slow-green@half"], speed: 1.5, seed: 0 },
  ]);
});

test("writes the report where it was asked for, and says where that is", async () => {
  const { rehearsals, out } = await run("rehearse --report r.html");
  expect(rehearsals.reports).toEqual([`${process.cwd()}/r.html`]);
  expect(out).toContain(`Report     ${process.cwd()}/r.html`);
});

test("prints the result even when its report cannot be written any more", async () => {
  const console = recordingConsole();
  const status = await runCommandLine(["rehearse", "--json", "--report", "r.html"], console, {
    ...recordingRehearsals(),
    writeReport: () => Promise.reject(new Error("ENOSPC: no space left on device, write")),
  });
  expect(status).toBe(1);
  expect(contract.parse(JSON.parse(console.outLines.join("\n"))).outcome).toBe("completed");
  expect(console.logLines.at(-1)).toBe(
    "cutover: unexpected error: ENOSPC: no space left on device, write (DEBUG=cutover shows where).",
  );
});

test("shows progress on stderr while it runs", async () => {
  const { log, out } = await run("rehearse", completedRecord, ({ onProgress }) => {
    onProgress({ kind: "stage", stage: "canary", title: "10 % of the requests on Green" });
    onProgress({ kind: "note", text: "Alarm error-rate:\u001b[31m Alert\u001b[0m\nat 5" });
    return Promise.resolve(completedRecord);
  });
  expect(log).toEqual([
    "canary: 10 % of the requests on Green",
    "  ! Alarm error-rate: Alert at 5",
  ]);
  expect(out).not.toContain("Alarm");
});

describe("interrupted", () => {
  const endings: readonly (readonly [string, () => Promise<RehearsalRecord>])[] = [
    ["while it waits", () => Promise.reject(new DOMException("aborted", "AbortError"))],
    ["while the engine works", () => Promise.resolve(refusedRecord)],
  ];
  test.for(endings)("%s: says that nothing is left, exit status 1", async ([, ending]) => {
    const console = recordingConsole();
    const rehearsals = recordingRehearsals(completedRecord, () => {
      console.interrupt();
      return ending();
    });
    expect(await runCommandLine(["rehearse", "--json"], console, rehearsals)).toBe(1);
    expect(console.outLines).toEqual([]);
    expect(console.logLines).toEqual([
      "interrupted: ending what runs; once more ends at once",
      "cutover: interrupted; nothing is left behind.",
    ]);
  });
});

test.for([
  [false, /^cutover: unexpected error: boom \(DEBUG=cutover shows where\)\.$/],
  [true, /^Error: boom\s+at /],
] as const)("a bug, traces %s", async ([traces, expected]) => {
  const console = recordingConsole({ traces });
  const rehearsals = recordingRehearsals(completedRecord, () => Promise.reject(new Error("boom")));
  expect(await runCommandLine(["rehearse"], console, rehearsals)).toBe(1);
  expect(console.outLines).toEqual([]);
  expect(console.logLines.join("\n")).toMatch(expected);
});
